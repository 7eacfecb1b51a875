namespace CustomerService.Grains.Conversations;

/// <summary>The beginning of a text, for places that must stay small.</summary>
internal static class Excerpt
{
    /// <summary>At most <paramref name="maxLength"/> characters, never half of a surrogate pair.</summary>
    public static string Of(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..end];
    }
}
