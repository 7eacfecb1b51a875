using System.Globalization;
using System.Text.Json.Nodes;

namespace CustomerService.Assistants.Tools.Replay;

/// <summary>Where a replayed task ends otherwise than it must. Amounts are compared to the cent. Pure.</summary>
public static class ReplayDifferences
{
    /// <summary>One line for each difference; none: equal.</summary>
    public static IReadOnlyList<string> Between(ExpectedTask expected, ReplayedTask got)
    {
        var lines = new List<string>();
        for (var i = 0; i < Math.Max(expected.Outcomes.Length, got.Outcomes.Length); i++)
        {
            var (must, was) = (expected.Outcomes.ElementAtOrDefault(i) ?? "no action", got.Outcomes.ElementAtOrDefault(i) ?? "no action");
            if (!string.Equals(must, was, StringComparison.OrdinalIgnoreCase))
                lines.Add($"action {i} ({got.Task.Actions.ElementAtOrDefault(i)?.Name}): expected '{must}', got '{was}'");
        }

        Compare("changed", expected.Changed, got.Changed, lines);
        return lines;
    }

    private static void Compare(string path, JsonNode? must, JsonNode? was, List<string> lines)
    {
        if (must is JsonObject mustMap && was is JsonObject wasMap)
        {
            foreach (var name in mustMap.Select(field => field.Key).Union(wasMap.Select(field => field.Key)))
                Compare($"{path}.{name}", mustMap[name], wasMap[name], lines);
        }
        else if (must is JsonArray mustList && was is JsonArray wasList)
        {
            for (var i = 0; i < Math.Max(mustList.Count, wasList.Count); i++)
                Compare($"{path}[{i}]", i < mustList.Count ? mustList[i] : null, i < wasList.Count ? wasList[i] : null, lines);
        }
        else if (!Same(must, was))
        {
            lines.Add($"{path}: expected {must?.ToJsonString() ?? "nothing"}, got {was?.ToJsonString() ?? "nothing"}");
        }
    }

    private static bool Same(JsonNode? must, JsonNode? was) =>
        Amount(must) is { } left && Amount(was) is { } right ? left == right : JsonNode.DeepEquals(must, was);

    // A number of ours is exact; one that was added up in binary is a hair off.
    private static decimal? Amount(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? Math.Round(amount, 2, MidpointRounding.AwayFromZero)
            : null;
}
