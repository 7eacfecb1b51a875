namespace CustomerService.Channels.Social;

/// <summary>Names for files that come without one.</summary>
internal static class FileNames
{
    /// <param name="kind">What it is, such as <c>image</c>.</param>
    public static string Of(string kind, string mediaType)
    {
        var type = mediaType.Split(';')[0].Trim();
        var subtype = type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return subtype switch
        {
            "jpeg" => kind + ".jpg",
            "mpeg" when type.StartsWith("audio/", StringComparison.Ordinal) => kind + ".mp3",
            "plain" => kind + ".txt",
            "quicktime" => kind + ".mov",
            { Length: > 0 and <= 5 } when subtype.Length < type.Length && subtype.All(char.IsAsciiLetterOrDigit) => $"{kind}.{subtype}",
            _ => kind,
        };
    }
}
