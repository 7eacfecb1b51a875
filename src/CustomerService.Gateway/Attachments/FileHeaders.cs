using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CustomerService.Gateway.Attachments;

/// <summary>How a file is answered that somebody else made: shown where that can't do harm, else only saved.</summary>
internal static class FileHeaders
{
    /// <summary>What no upload and no channel can claim to be: only the page that is made of a mail's HTML is kept as that.</summary>
    public const string MailPage = "text/html";

    public static void Set(IHeaderDictionary headers, string name, string mediaType)
    {
        var disposition = new ContentDispositionHeaderValue(MayShow(mediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }

    /// <summary>Pictures that can't carry a script, and pages that were cleaned of theirs. The sandbox lets nothing run that is in them all the same.</summary>
    private static bool MayShow(string mediaType) => mediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp" or MailPage;
}
