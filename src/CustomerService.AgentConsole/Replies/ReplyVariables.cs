using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CustomerService.AgentConsole.Replies;

/// <summary>What stands in a canned reply for what differs from customer to customer: <c>{{customer.name}}</c>.</summary>
public static partial class ReplyVariables
{
    /// <summary>All that there are.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        Named("customer", "name"), Named("customer", "first_name"), Named("customer", "email"), Named("agent", "name"), Named("agent", "first_name"),
        Named("order", "id"), Named("ticket", "id"), Named("conversation", "id"),
    ];

    /// <summary>The name of what something is of a thing, such as the name of the customer.</summary>
    public static string Named(string thing, string what) => $"{thing}.{what}";

    /// <summary>Each variable that a text names, known or not, with its place.</summary>
    public static IEnumerable<(string Name, int At)> In(string text) => Pattern().Matches(text).Select(match => (match.Groups[1].Value, match.Index));

    /// <summary>The text with all filled in that is known; what is not known stays as <c>{{order.id}}</c>, for somebody to fill in.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values) => Pattern().Replace(text, match =>
        values.GetValueOrDefault(match.Groups[1].Value) is { Length: > 0 } value ? value : Names.Contains(match.Groups[1].Value) ? Mark(match.Groups[1].Value) : match.Value);

    /// <summary>The variables that nobody has filled in yet: with one of them the text is not sent. What customers write in braces is none of ours.</summary>
    public static ImmutableArray<string> Missing(string text) => [.. In(text).Select(found => found.Name).Where(Names.Contains).Distinct()];

    /// <summary>As it stands in a text.</summary>
    public static string Mark(string name) => $"{{{{{name}}}}}";

    [GeneratedRegex(@"\{\{\s*([a-z_]+\.[a-z_]+)\s*\}\}")]
    private static partial Regex Pattern();
}
