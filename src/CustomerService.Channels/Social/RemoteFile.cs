using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Social;

/// <summary>Fetches a customer's file from where its provider keeps it.</summary>
internal static class RemoteFile
{
    private const int MostRedirects = 3;

    /// <param name="isTrusted">Whether a provider's file may lie there. Nothing else is asked: no address of our own network either.</param>
    /// <exception cref="MediaUnavailableException">It can't be had.</exception>
    public static async Task<MediaContent> OpenAsync(
        AccountParts parts, Uri where, Func<Uri, string?> bearer, Func<Uri, bool> isTrusted, string mediaType, CancellationToken cancellation)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            if (!isTrusted(where))
                throw new MediaUnavailableException($"{where.Authority} is not where this provider keeps files");
            using var request = JsonApi.Request(HttpMethod.Get, where, bearer(where));
            var answer = await parts.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                var said = answer.Content.Headers;
                return new MediaContent(await answer.Content.ReadAsStreamAsync(cancellation), Type(said.ContentType?.MediaType, mediaType), said.ContentLength);
            }

            using (answer)
            {
                if (answer.Headers.Location is not { } next || (int)answer.StatusCode is < 300 or >= 400)
                    throw new MediaUnavailableException($"{where.Authority} answered {(int)answer.StatusCode}");
                where = new Uri(where, next);
            }
        }

        throw new MediaUnavailableException($"more than {MostRedirects} redirects");
    }

    public static bool IsBelow(Uri where, ReadOnlySpan<string> hosts)
    {
        if (where.Scheme != Uri.UriSchemeHttps || !where.IsDefaultPort || where.UserInfo.Length > 0)
            return false;
        foreach (var host in hosts)
        {
            if (where.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || where.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>What a file server says of every file tells less than the message did.</summary>
    private static string Type(string? served, string told) => served is null or "application/octet-stream" or "binary/octet-stream" ? told : served;
}
