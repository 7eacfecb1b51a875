using CustomerService.AgentConsole.Wording;
using CustomerService.Grains.Retention;

namespace CustomerService.AgentConsole.Retention;

/// <summary>What was erased and what was left, in words.</summary>
internal static class RetentionText
{
    /// <summary>Such as <c>14: Chat 12, E-mail 2</c>.</summary>
    public static string Erased(Words words, ErasingCounts counts) => counts.Erased.IsEmpty
        ? "0"
        : $"{counts.Erased.Values.Sum()}: {string.Join(", ", counts.Erased.Select(each => $"{words.Of("channel", each.Key)} {each.Value}"))}";

    /// <summary>Such as <c>2 on legal hold, 1 not over</c>.</summary>
    public static string Left(Words words, IReadOnlyDictionary<string, int> left) => left.Count == 0 ? "–" : string.Join(", ", left.Select(each => $"{each.Value} {Why(words, each.Key)}"));

    public static string Why(Words words, string code) => words.Of("retention_left", code);
}
