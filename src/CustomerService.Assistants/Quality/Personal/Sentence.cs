namespace CustomerService.Assistants.Quality.Personal;

/// <summary>A sentence or a line of a text: what a word in it says, it says of its own sentence.</summary>
internal readonly record struct Sentence(int Start, int End)
{
    // Nobody says further on what a number is.
    private const int Longest = 160;

    public static Sentence Around(string plain, int at)
    {
        var (start, end) = (at, at);
        while (start > 0 && at - start < Longest && !Ends(plain, start - 1))
            start--;
        while (end < plain.Length && end - at < Longest && !Ends(plain, end))
            end++;
        return new(start, end);
    }

    // A stop within a number, a password or an address of a page is followed by more of it.
    private static bool Ends(string plain, int at) =>
        plain[at] is '\n' or '。' || (plain[at] is '.' or '!' or '?' && (at + 1 == plain.Length || char.IsWhiteSpace(plain[at + 1]) || plain[at + 1] >= '\u2E80'));
}
