using System.Text;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Tests.Quality.Personal;

/// <summary>A detail that a person marked in a text.</summary>
internal readonly record struct Labelled(DetailKind Kind, int Start, int End);

/// <summary>
/// One line of the labelled set: <c>earlier message || a message with [card:4111 1111 1111 1111]</c>, where ⏎ breaks the message's line. What is not marked is
/// nobody's detail.
/// </summary>
internal sealed record LabelledText(string Language, int Line, IReadOnlyList<string> Earlier, string Text, IReadOnlyList<Labelled> Details)
{
    /// <summary>Our own contacts in the set, as an owner sets them.</summary>
    public static IReadOnlyList<string> OwnContacts { get; } = ["help@shop.example", "+1 800 555 0100"];

    /// <summary>Every second line is for measuring; what became of that is in docs/decisions/0018.</summary>
    public bool Measures => Line % 2 == 0;

    public static IReadOnlyList<LabelledText> Read(string language) => ReadFile(language + ".txt", language);

    /// <summary>Lines by another hand, written without sight of the finders. They were measured once and tuned on since, so they belong to the development half now.</summary>
    public static IReadOnlyList<LabelledText> ReadSeen(string language) =>
        [.. ReadFile(Path.Combine("Fresh", language + ".txt"), language), .. ReadFile(Path.Combine("Fresh2", language + ".txt"), language)];

    /// <summary>Lines by a third hand, written after the finders were mended on the others. docs/decisions/0018 has each set's first run.</summary>
    public static IReadOnlyList<LabelledText> ReadFresh(string language) => ReadFile(Path.Combine("Fresh3", language + ".txt"), language);

    private static IReadOnlyList<LabelledText> ReadFile(string name, string language)
    {
        var file = Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Assistants.Tests", "Quality", "Personal", name);
        return [.. File.ReadLines(file).Select((line, index) => Parse(language, index + 1, line))];
    }

    private static LabelledText Parse(string language, int number, string line)
    {
        var messages = line.Replace('⏎', '\n').Split(" || ");
        var text = new StringBuilder();
        var details = new List<Labelled>();
        var marked = messages[^1];
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked[i] != '[' || KindAt(marked, i) is not var (kind, from))
            {
                text.Append(marked[i]);
                continue;
            }

            var end = EndOf(marked, from);
            details.Add(new(kind, text.Length, text.Length + end - from));
            text.Append(marked, from, end - from);
            i = end;
        }

        return new(language, number, messages[..^1], text.ToString(), details);
    }

    private static int EndOf(string marked, int from)
    {
        var depth = 1;
        for (var i = from; i < marked.Length; i++)
        {
            depth += marked[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        throw new FormatException($"A mark is not closed: {marked}");
    }

    private static (DetailKind Kind, int From)? KindAt(string marked, int at)
    {
        (string, DetailKind)[] kinds =
        [
            ("card", DetailKind.Card), ("iban", DetailKind.BankAccount), ("id", DetailKind.NationalId), ("secret", DetailKind.Secret),
            ("email", DetailKind.Email), ("address", DetailKind.Address), ("phone", DetailKind.Telephone),
        ];
        foreach (var (word, kind) in kinds)
        {
            if (string.CompareOrdinal(marked, at + 1, word + ":", 0, word.Length + 1) == 0)
                return (kind, at + word.Length + 2);
        }

        return null;
    }
}
