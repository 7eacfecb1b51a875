using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Assistants.Tools;

namespace CustomerService.Assistants.Responses;

/// <summary>What a tool's result may be cited as, and what it says.</summary>
internal static class ToolSources
{
    /// <summary>The fields by which records are named, and what they are then.</summary>
    private static readonly (string Field, string Kind)[] Ids = [("order_id", "order"), ("product_id", "product"), ("item_id", "item")];

    /// <returns>By source, such as <c>order:#W2378156</c>, the texts that its facts can be checked against.</returns>
    public static IReadOnlyDictionary<string, ImmutableArray<string>> Of(ToolCall call, object? value)
    {
        var records = value is IEnumerable<object?> list && value is not string ? list : [value];
        var sources = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var source = NameOf(call, record);
            var facts = Facts(record);
            sources[source] = sources.TryGetValue(source, out var before) ? before.AddRange(facts) : facts;
        }

        return sources;
    }

    private static string NameOf(ToolCall call, object? record)
    {
        if (Field(record, "source") is { } named)
            return named;
        if (call.Tool == "get_profile")
            return "customer:" + call.Subject.Identity?.CustomerId;
        foreach (var (field, kind) in Ids)
        {
            if (Field(record, field) is { } id)
                return $"{kind}:{id}";
        }

        return "tool:" + call.Tool;
    }

    private static string? Field(object? record, string name) => record is IReadOnlyDictionary<string, object?> map ? map.GetValueOrDefault(name) as string : null;

    /// <summary>Each scalar in a line of its own, under the name of its field.</summary>
    private static ImmutableArray<string> Facts(object? value)
    {
        var facts = ImmutableArray.CreateBuilder<string>();
        Collect(value, null, facts);
        return facts.ToImmutable();
    }

    private static void Collect(object? value, string? name, ImmutableArray<string>.Builder facts)
    {
        switch (value)
        {
            case null:
                break;
            case IReadOnlyDictionary<string, object?> map:
                foreach (var (field, inner) in map)
                    Collect(inner, field, facts);
                break;
            case IEnumerable<object?> list:
                foreach (var item in list)
                    Collect(item, name, facts);
                break;
            default:
                var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                facts.Add(name is null ? text : $"{name.Replace('_', ' ')}: {text}");
                break;
        }
    }
}
