using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Assistants.Tools.Shop;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Procedures;

/// <summary>What is known in a procedure: the slots' values as texts, and the records that they speak of.</summary>
internal sealed record SlotView(ProcedureDefinition Procedure, ImmutableDictionary<string, string> Slots, CustomerRecords? Records)
{
    public string? Value(string slot) => Slots.GetValueOrDefault(slot);

    public SlotView With(string slot, string? value) => this with { Slots = value is null ? Slots.Remove(slot) : Slots.SetItem(slot, value) };

    /// <summary>The order that a slot's value belongs to.</summary>
    public Order? OrderOf(SlotDefinition slot) => slot.Type switch
    {
        SlotType.Order => Records?.Order(Value(slot.Name)),
        _ when slot.Of is { } of && Procedure.Slot(of) is { } before => OrderOf(before),
        _ => null,
    };

    /// <summary>The lines that an items slot, or the items slot of a variants slot, names.</summary>
    public ImmutableArray<OrderLine> LinesOf(SlotDefinition slot)
    {
        var items = slot.Type == SlotType.Variants ? Procedure.Slot(slot.Of!)! : slot;
        if (OrderOf(items) is not { } order)
            return [];
        var free = order.Lines.ToList();
        var lines = ImmutableArray.CreateBuilder<OrderLine>();
        foreach (var id in SlotText.List(Value(items.Name)))
        {
            var at = free.FindIndex(line => line.ItemId == id);
            if (at < 0)
                continue;
            lines.Add(free[at]);
            free.RemoveAt(at);
        }

        return lines.ToImmutable();
    }

    /// <summary>The value as expressions see it.</summary>
    public object? Plain(SlotDefinition slot)
    {
        if (Value(slot.Name) is not { } value)
            return null;
        switch (slot.Type)
        {
            case SlotType.OrderItems:
                var lines = LinesOf(slot);
                return RecordMaps.Map(
                    ("ids", RecordMaps.List(lines, line => line.ItemId)), ("total", (double)lines.Sum(line => line.Price)), ("count", (long)lines.Length));
            case SlotType.Variants:
                var pairs = LinesOf(slot).Zip(SlotText.List(value), (line, id) => (Line: line, Variant: Records?.Variant(line.ProductId, id))).ToList();
                return RecordMaps.Map(
                    ("ids", RecordMaps.List(pairs, pair => pair.Variant?.ItemId)),
                    ("difference", (double)pairs.Sum(pair => (pair.Variant?.Price ?? pair.Line.Price) - pair.Line.Price)));
            case SlotType.PaymentMethod:
                var method = Records?.Method(value);
                return RecordMaps.Map(("id", value), ("kind", method?.Kind), ("balance", (double?)method?.Balance));
            case SlotType.Address:
                return SlotText.Map(value).ToDictionary(part => part.Key, object? (part) => part.Value, StringComparer.Ordinal);
            case SlotType.YesNo:
                return value == SlotText.Yes;
            case SlotType.Number:
                return double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            default:
                return value;
        }
    }
}

/// <summary>Slots' values as texts: lists and maps are JSON.</summary>
internal static class SlotText
{
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>Proposed for a slot whose value the customer takes back without naming another.</summary>
    public const string TakenBack = "";

    public static string Of(IEnumerable<string> list) => new JsonArray([.. list.Select(item => (JsonNode)item)]).ToJsonString();

    public static string Of(IEnumerable<KeyValuePair<string, string>> map)
    {
        var json = new JsonObject();
        foreach (var (name, text) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json[name] = text;
        return json.ToJsonString();
    }

    /// <summary>What is no such list is an empty one: a value may come from an earlier version of a procedure.</summary>
    public static ImmutableArray<string> List(string? json) =>
        Parse(json) is JsonArray list ? [.. list.Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? text : "")] : [];

    public static ImmutableDictionary<string, string> Map(string? json) => Parse(json) is JsonObject map
        ? map.Where(entry => entry.Value is JsonValue).ToImmutableDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>())
        : ImmutableDictionary<string, string>.Empty;

    private static JsonNode? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
