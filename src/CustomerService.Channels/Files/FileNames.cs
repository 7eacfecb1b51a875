namespace CustomerService.Channels.Files;

/// <summary>Names of files that senders may or may not have named.</summary>
internal static class FileNames
{
    /// <summary>The name that its sender gave it, made harmless; else one that fits its type.</summary>
    public static string Of(string? name, string mediaType) => string.IsNullOrWhiteSpace(name) ? ForType(KindOf(mediaType), mediaType) : AttachmentName.Safe(name);

    /// <summary>A name for one that has none.</summary>
    /// <param name="kind">What it is, such as <c>image</c>.</param>
    public static string ForType(string kind, string mediaType)
    {
        var type = mediaType.Split(';')[0].Trim().ToLowerInvariant();
        var subtype = type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return type switch
        {
            "text/calendar" => kind + ".ics",
            "text/plain" => kind + ".txt",
            "image/jpeg" => kind + ".jpg",
            "audio/mpeg" => kind + ".mp3",
            "video/quicktime" => kind + ".mov",
            "message/rfc822" => kind + ".eml",
            _ when !type.StartsWith("multipart/", StringComparison.Ordinal) && subtype.Length is > 0 and <= 5 && subtype.Length < type.Length && subtype.All(char.IsAsciiLetterOrDigit) => $"{kind}.{subtype}",
            _ => kind + ".bin",
        };
    }

    private static string KindOf(string mediaType) => mediaType.Split('/', ';')[0].Trim().ToLowerInvariant() switch
    {
        "image" => "image",
        "audio" => "audio",
        "video" => "video",
        "message" => "message",
        _ when mediaType.StartsWith("text/calendar", StringComparison.OrdinalIgnoreCase) => "invitation",
        _ => "file",
    };
}
