namespace CustomerService.Channels.Email.Reading;

/// <summary>Names of files as they may be shown and written anywhere.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    /// <summary>The last part of a path, without what could mean something to a file system, a page or a reader's eye.</summary>
    public static string Safe(string? name, string otherwise)
    {
        var line = MailAddresses.Line(name, 4_000);
        var last = line[(line.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(last.Where(character => character is not (':' or '*' or '?' or '"' or '<' or '>' or '|' or '&' or '\''))).Trim(' ', '.');
        if (clean.Length == 0)
            return otherwise;
        var ending = Path.GetExtension(clean);
        return clean.Length <= Longest ? clean : string.Concat(clean.AsSpan(0, Longest - Math.Min(ending.Length, 20)), ending.Length <= 20 ? ending : "");
    }

    /// <summary>A name for a file that has none.</summary>
    public static string ForType(string mediaType) => mediaType.ToLowerInvariant() switch
    {
        "text/calendar" => "invitation.ics",
        "text/html" => "file.html",
        "text/plain" => "file.txt",
        "image/jpeg" => "image.jpg",
        "image/png" => "image.png",
        "image/gif" => "image.gif",
        "application/pdf" => "file.pdf",
        "message/rfc822" => "message.eml",
        _ => "file.bin",
    };
}
