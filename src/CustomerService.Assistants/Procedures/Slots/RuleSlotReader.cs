using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerService.Assistants.Responses;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>Reads slots by rules, without any model: several from one message, in any order, and parts of them.</summary>
internal sealed partial class RuleSlotReader : ISlotReader
{
    private static readonly string[] Others = ["other order", "other one", "another order", "different order", "otro pedido", "el otro", "autre commande", "lautre", "andere bestellung", "die andere", "別の注文", "もう一つの"];

    public ValueTask<ImmutableDictionary<string, string>> ReadAsync(SlotReading reading, CancellationToken cancellation)
    {
        var found = ImmutableDictionary<string, string>.Empty;
        foreach (var slot in reading.View.Procedure.Slots)
        {
            if ((Read(slot, reading) ?? OtherWords.Read(slot, reading)) is not { } value || value == reading.View.Value(slot.Name))
                continue;
            found = found.SetItem(slot.Name, value);
            // What belongs to it is read with it in mind: another order has other items.
            reading = reading with { View = reading.View.With(slot.Name, value) };
        }

        return ValueTask.FromResult(found);
    }

    private static string? Read(SlotDefinition slot, SlotReading reading)
    {
        var asked = reading.Asked == slot.Name;
        return slot.Type switch
        {
            SlotType.Order => Order(slot, reading, asked),
            SlotType.OrderItems => Items(slot, reading, asked),
            SlotType.Variants => Variants(slot, reading, asked),
            SlotType.PaymentMethod => Method(slot, reading, asked),
            SlotType.Address => AddressParts.Read(
                reading.Text, reading.Correcting ? ImmutableDictionary<string, string>.Empty : SlotText.Map(reading.View.Value(slot.Name)), asked,
                reading.View.Records?.Customer.Address.Country ?? "USA") is { } parts ? SlotText.Of(parts) : null,
            SlotType.OneOf => Option(slot, reading, asked),
            SlotType.YesNo when asked => YesNo.Read(reading.Text) switch { YesNoAnswer.Yes => SlotText.Yes, YesNoAnswer.No => SlotText.No, _ => null },
            SlotType.Number when asked => NumberPattern().Match(reading.Text) is { Success: true } number ? number.Value.Replace(',', '.') : null,
            SlotType.Date when asked => DatePattern().Match(reading.Text) is { Success: true } date && DateOnly.TryParse(date.Value, CultureInfo.InvariantCulture, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            SlotType.Text when asked => reading.Text.Trim() is { Length: > 0 and <= 500 } text ? text : null,
            _ => null,
        };
    }

    private static string? Order(SlotDefinition slot, SlotReading reading, bool asked)
    {
        var (view, now) = (reading.View, reading.View.Value(slot.Name));
        var numbers = NumbersIn(reading.Text);
        if (numbers.Count > 0)
            return numbers.FirstOrDefault(number => number != now && view.Records?.Order(number) is not null) ?? numbers.FirstOrDefault(number => number != now) ?? now;
        if (view.Records is null)
            return null;
        var orders = SlotRules.Orders(slot, view);
        var folded = FoldedText.Of(reading.Text);
        if (now is not null && Others.Any(phrase => FoldedText.Has(folded, phrase)))
            return orders.Where(order => order.Id != now).ToList() is [var other] ? other.Id : null;
        // By what is in it, where exactly one order has that.
        if ((now is null || asked) && orders.Where(order => !ItemWords.Read(reading.Text, order.Lines, asked: false).IsEmpty).ToList() is [var holding])
            return holding.Id;
        return asked && ListPick.Read(reading.Text, reading.Offered.Length) is [var pick] ? reading.Offered[pick] : null;
    }

    private static string? Items(SlotDefinition slot, SlotReading reading, bool asked)
    {
        if (reading.View.OrderOf(slot) is not { } order)
            return null;
        // "No, the blue one" where a piece is to become another is about what it becomes.
        var becomes = reading.View.Procedure.Slots.Any(other => other.Type == SlotType.Variants && other.Of == slot.Name);
        var read = ItemWords.Read(reading.Text, order.Lines, asked || (reading.Correcting && !becomes));
        if (read.IsEmpty && asked && ListPick.Read(reading.Text, reading.Offered.Length) is { IsEmpty: false } picks)
            read = [.. picks.Select(pick => reading.Offered[pick])];
        // While something else is asked, naming an item that is in it already changes nothing.
        return read.IsEmpty || (!asked && !reading.Correcting && reading.View.Value(slot.Name) is not null) ? null : SlotText.Of(read);
    }

    private static string? Variants(SlotDefinition slot, SlotReading reading, bool asked)
    {
        var view = reading.View;
        var lines = view.LinesOf(slot);
        if (lines.IsEmpty || view.Records is not { } records)
            return null;
        var before = SlotText.List(view.Value(slot.Name));
        var chosen = lines.Select((_, i) => i < before.Length && before.Length == lines.Length ? before[i] : "").ToArray();
        var open = Array.IndexOf(chosen, "");
        if (asked && open >= 0 && ListPick.Read(reading.Text, reading.Offered.Length) is [var pick] && IsBarePick(reading.Text))
        {
            chosen[open] = reading.Offered[pick];
            return SlotText.Of(chosen);
        }

        var changed = false;
        foreach (var (line, words) in Said(reading.Text, lines, chosen, asked ? open : -1, reading.Correcting))
        {
            if (OptionWords.Read(words, lines[line], records.Alternatives(lines[line]), records.Variants(lines[line])).Fitting is [var variant] && chosen[line] != variant.ItemId)
                (chosen[line], changed) = (variant.ItemId, true);
        }

        return changed ? SlotText.Of(chosen) : null;
    }

    /// <summary>The part of a message that speaks of each line: from where its product is named up to the next, or all of it for the only one in question.</summary>
    private static IEnumerable<(int Line, string Words)> Said(string text, ImmutableArray<OrderLine> lines, string[] chosen, int open, bool correcting)
    {
        var folded = FoldedText.Of(text);
        var named = lines.Select((line, i) => (Line: i, At: ItemWords.NamedAt(folded, line))).Where(hit => hit.At >= 0).OrderBy(hit => hit.At).ToList();
        if (named.Count <= 1 || named.Select(hit => hit.At).Distinct().Count() == 1)
        {
            var only = named.Count == 1 ? named[0].Line : open >= 0 ? open : lines.Length == 1 && (correcting || chosen[0].Length == 0) ? 0 : -1;
            if (only >= 0)
                yield return (only, folded);
            yield break;
        }

        for (var i = 0; i < named.Count; i++)
        {
            // What is said before its name ("the blue lamp") tells which it is, what is said after it what it shall be.
            var end = i + 1 < named.Count ? named[i + 1].At : folded.Length;
            yield return (named[i].Line, " " + folded[named[i].At..end].Trim() + " ");
        }
    }

    private static string? Method(SlotDefinition slot, SlotReading reading, bool asked)
    {
        // What no step asks for is read only where the customer would have it otherwise: "cancel the order that I paid by card" asks for nothing.
        if (reading.View.Records is not { } records || (!reading.Correcting && !reading.View.Procedure.Asks(slot)))
            return null;
        if (asked && ListPick.Read(reading.Text, reading.Offered.Length) is [var pick] && IsBarePick(reading.Text))
            return reading.Offered[pick];
        var order = reading.View.OrderOf(slot);
        return PaymentWords.Read(reading.Text, records.Customer.PaymentMethods, order is null ? null : OrderRules.PaidWith(order), asked);
    }

    private static string? Option(SlotDefinition slot, SlotReading reading, bool asked)
    {
        var folded = FoldedText.Of(reading.Text);
        var said = slot.Options.Where(option => reading.Phrases.List(ProcedureTexts.Key($"{slot.Words}.{option.Replace(' ', '_')}"))
            .Any(words => FoldedText.Has(folded, FoldedText.Of(words).Trim()))).ToList();
        if (said.Count == 1)
            return said[0];
        return asked && ListPick.Read(reading.Text, reading.Offered.Length) is [var pick] && IsBarePick(reading.Text) ? reading.Offered[pick] : null;
    }

    // "2" or "the second one, please", not "size 2 in black".
    private static bool IsBarePick(string text) => FoldedText.Of(text).Trim().Split(' ').Length <= 5;

    private static List<string> NumbersIn(string text)
    {
        var numbers = new List<string>();
        foreach (Match match in OrderLike().Matches(text))
        {
            if (OrderNumber.TryFindIn(match.Value, out var id) && !numbers.Contains(id))
                numbers.Add(id);
        }

        return numbers;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_])(?:#\s?[Ww]?|[Ww])\s?\d{7}(?![A-Za-z0-9_])", RegexOptions.CultureInvariant)]
    private static partial Regex OrderLike();

    [GeneratedRegex(@"-?\d+(?:[.,]\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();
}
