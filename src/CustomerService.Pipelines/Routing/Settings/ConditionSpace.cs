using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>
/// Whether conditions can hold at all. A condition that only compares with fixed values tells nothing apart beyond them, so it is
/// enough to try each of them, one value between and one besides. Any other condition can't be told, and passes.
/// </summary>
internal static class ConditionSpace
{
    /// <summary>More cases than that are not tried.</summary>
    private const int MostCases = 200_000;

    private static readonly ImmutableArray<object?> Urgencies = ["low", "normal", "high", "critical"];

    private static readonly ImmutableArray<object?> Priorities = [.. Enumerable.Range(0, RoutingRules.MaxPriority + 1).Select(object? (points) => (long)points)];

    /// <summary>False: nothing makes it true.</summary>
    public static bool CanHold(RouteCondition condition) => Find(condition, []) ?? true;

    /// <summary>False: whatever it fits, one of the conditions before it fits too.</summary>
    public static bool CanHold(RouteCondition? condition, IEnumerable<RouteCondition> before) => Find(condition, [.. before.Where(OnlyCompares)]) ?? true;

    /// <summary>Whether there is a case; null when it can't be told.</summary>
    private static bool? Find(RouteCondition? condition, ImmutableArray<RouteCondition> before)
    {
        if (condition is not null && !OnlyCompares(condition))
            return null;
        if (Cases(before.Append(condition).OfType<RouteCondition>()) is not { } cases)
            return before.IsEmpty ? null : Find(condition, before.RemoveAt(0));

        var values = new object?[RouteCondition.Names.Length];
        return Try(0);

        bool Try(int slot)
        {
            if (slot == values.Length)
                return (condition?.Holds(values) ?? true) && !before.Any(earlier => earlier.Holds(values));
            foreach (var value in cases[slot])
            {
                values[slot] = value;
                if (Try(slot + 1))
                    return true;
            }

            return false;
        }
    }

    /// <summary>The values to try, by name; null when they are too many.</summary>
    private static ImmutableArray<object?>[]? Cases(IEnumerable<RouteCondition> conditions)
    {
        var asked = conditions.SelectMany(condition => condition.Slots).ToHashSet();
        var tokens = conditions.SelectMany(condition => Tokens(condition)).ToArray();
        ImmutableArray<object?> texts = [.. tokens.Where(token => token.Kind == TokenKind.Text).SelectMany(AndJustAfter).Distinct(), "", "\uffff"];
        var cases = RouteCondition.Names
            .Select((name, slot) => !asked.Contains(slot) ? [texts[0]] : name switch
            {
                "urgency" => Urgencies,
                "channel" => [.. ChannelNames.All],
                "priority" => Priorities,
                "sentiment" => Sentiments(tokens),
                _ => texts,
            })
            .ToArray();
        return cases.Aggregate(1.0, (product, values) => product * values.Length) <= MostCases ? cases : null;
    }

    /// <summary>A text, and one that comes right after it in their order.</summary>
    private static IEnumerable<string> AndJustAfter(Token text) => [text.Written, text.Written + "\u0001"];

    private static ImmutableArray<object?> Sentiments(IEnumerable<Token> tokens)
    {
        var numbers = tokens.Select(token => Values.Number(token.Number)).OfType<double>().SelectMany(number => new[] { number, -number });
        return [.. numbers.Append(0).Append(1).Append(-1)
            .SelectMany(number => new[] { number - 1e-6, number, number + 1e-6 })
            .Where(number => number is >= -1 and <= 1)
            .Distinct().Order().Select(object? (number) => number)];
    }

    private static List<Token> Tokens(RouteCondition condition) => new ExpressionLexer(condition.Source, inTemplate: false).Read(0);

    private static bool OnlyCompares(RouteCondition condition)
    {
        var tokens = Tokens(condition);
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            var (token, next) = (tokens[i], tokens[i + 1]);
            var isValue = token.Kind is TokenKind.Text or TokenKind.Number || token.Is(")") || token.Is("]")
                || (token.Kind == TokenKind.Name && !RootNames.IsReserved(token.Written));
            var isCallOrIndex = isValue && (next.Is("(") || next.Is("["));
            var isArithmetic = isValue && next.Kind == TokenKind.Symbol && next.Written is "+" or "-" or "*" or "/" or "%";
            if (isCallOrIndex || isArithmetic || (token.Is("in") && !next.Is("[")))
                return false;
        }

        return true;
    }
}
