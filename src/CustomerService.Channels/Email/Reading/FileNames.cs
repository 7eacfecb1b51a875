using CustomerService.Channels.Files;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Names of a mail's files; many have none.</summary>
internal static class FileNames
{
    /// <summary>The name that its sender gave it, made harmless; else one that fits its type.</summary>
    public static string Of(string? name, string mediaType) => string.IsNullOrWhiteSpace(name) ? ForType(mediaType) : AttachmentName.Safe(name);

    private static string ForType(string mediaType) => mediaType.ToLowerInvariant() switch
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
