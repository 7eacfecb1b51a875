namespace CustomerService.Assistants.Quality.Personal;

/// <summary>A sentence or a line of a text: what a word in it says, it says of its own sentence.</summary>
internal readonly record struct Sentence(int Start, int End)
{
    // Nobody says further on what a number is.
    private const int Longest = 160;
    private const int ShortQuestion = 16;

    public static Sentence Around(string plain, int at)
    {
        var (start, end) = (StartFrom(plain, at, at), EndFrom(plain, at, at));
        // "PIN? 4821": a question of a word or two is answered by what follows.
        if (end < plain.Length && plain[end] == '?' && end - start <= ShortQuestion)
            end = EndFrom(plain, end + 1, at);
        if (start > 1 && plain[start - 1] == '?' && StartFrom(plain, start - 1, at) is var question && start - question <= ShortQuestion)
            start = question;
        return new(start, end);
    }

    private static int StartFrom(string plain, int start, int at)
    {
        while (start > 0 && at - start < Longest && !Ends(plain, start - 1))
            start--;
        return start;
    }

    private static int EndFrom(string plain, int end, int at)
    {
        while (end < plain.Length && end - at < Longest && !Ends(plain, end))
            end++;
        return end;
    }

    // A stop within a number, a password or an address of a page is followed by more of it.
    private static bool Ends(string plain, int at) =>
        plain[at] is '\n' or '。' || (plain[at] is '.' or '!' or '?' && (at + 1 == plain.Length || char.IsWhiteSpace(plain[at + 1]) || plain[at + 1] >= '\u2E80'));
}
