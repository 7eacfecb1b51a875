using System.Net.Http.Headers;

namespace CustomerService.Channels.Files;

/// <summary>What a file is, by its first bytes; a sender's word counts only where these don't say otherwise.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    public static string Of(ReadOnlySpan<byte> head, string said)
    {
        var shown = Shown(head);
        var claimed = MediaTypeHeaderValue.TryParse(said, out var parsed) && parsed.MediaType is { Length: > 0 and <= 100 } type ? type.ToLowerInvariant() : Unknown;
        return shown switch
        {
            // An office document is a zip file, and says so by its own type.
            "application/zip" when claimed.StartsWith("application/", StringComparison.Ordinal) => claimed,
            not null => shown,
            // Pictures show that they are; what only claims to be one, or a page that could run in a browser, is just bytes.
            _ when claimed.StartsWith("image/", StringComparison.Ordinal) || claimed is "text/html" or "application/xhtml+xml" or "application/xml" or "text/xml" => Unknown,
            _ => claimed,
        };
    }

    private static string? Shown(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h', (byte)'e', (byte)'i', ..] => "image/heic",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
        [(byte)'P', (byte)'K', 3, 4, ..] => "application/zip",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "video/mp4",
        _ => null,
    };
}
