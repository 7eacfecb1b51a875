using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>A question with the article that answers it.</summary>
/// <param name="ArticleId">Null for one that no article answers.</param>
/// <param name="Intent">As understood, where the file says so.</param>
public sealed record RetrievalQuestion(string Text, string? ArticleId, string? Intent)
{
    /// <summary>
    /// Which half of a list it is in, by the sum of its letters, so that it stays there whatever is added. Constants are fitted to the
    /// development half; the other is only measured.
    /// </summary>
    public bool IsForDevelopment => Text.Aggregate(0, (sum, letter) => (sum * 31 + letter) & 0xFFFFFF) % 2 == 0;

    /// <summary>Reads lines of "question | article-id", "question | article-id | intent", or "question | -" for what no article answers; '#' begins a comment.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it and the fix.</exception>
    public static ImmutableArray<RetrievalQuestion> ReadFile(string path)
    {
        var questions = ImmutableArray.CreateBuilder<RetrievalQuestion>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.Split('|', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } text, { Length: > 0 } article, .. var rest] || rest.Length > 1)
                throw new FormatException($"{path}:{number}: write 'question | article-id', or 'question | -' where no article answers it.");
            questions.Add(new RetrievalQuestion(text, NullIfNone(article), rest is [var intent] ? NullIfNone(intent) : null));
        }
        return questions.DrainToImmutable();
    }

    private static string? NullIfNone(string name) => name is "-" or "off-topic" or "none" ? null : name;
}
