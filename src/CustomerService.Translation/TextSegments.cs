namespace CustomerService.Translation;

/// <summary>Cuts a long text where people pause: between paragraphs, lines, sentences, words.</summary>
internal static class TextSegments
{
    private static readonly string[] Pauses = ["\n\n", "\n", ". ", "。", "! ", "? ", " "];

    /// <summary>Together they are the text, each at most so long.</summary>
    public static IEnumerable<string> Of(string text, int most)
    {
        while (text.Length > most)
        {
            var end = EndWithin(text, most);
            yield return text[..end];
            text = text[end..];
        }

        yield return text;
    }

    private static int EndWithin(string text, int most)
    {
        foreach (var pause in Pauses)
        {
            var at = text.LastIndexOf(pause, most - 1, most, StringComparison.Ordinal);
            if (at > most / 4)
                return at + pause.Length > most ? at : at + pause.Length;
        }

        return char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }
}
