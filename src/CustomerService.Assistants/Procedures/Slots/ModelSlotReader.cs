using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Responses;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// Asks a chat model for what the rules can't read of an answer. It picks among numbered choices and knows no ids; what it proposes passes the same
/// validation as what is typed, and it never says yes for anybody. Without a model, or where it does not answer, the rules alone decide.
/// </summary>
internal sealed class ModelSlotReader(ISlotReader rules) : ISlotReader
{
    // "No" and "no thanks" name nothing that a model could find.
    private const int NothingInIt = 12;

    public async ValueTask<ImmutableDictionary<string, string>> ReadAsync(SlotReading reading, CancellationToken cancellation)
    {
        var read = await rules.ReadAsync(reading, cancellation);
        if (reading.Model is not { } model || !IsOpen(reading, read))
            return read;
        // What the rules read of it is known by now.
        reading = reading with { View = read.Aggregate(reading.View, (view, slot) => view.With(slot.Key, slot.Value)) };
        var reply = await StructuredChat.AskAsync(model.Chat, PromptNames.Slots, Question(model, reading), json => Read(json, reading), cancellation);
        return reply.Value is { } proposed ? read.SetItems(proposed) : read;
    }

    private static bool IsOpen(SlotReading reading, ImmutableDictionary<string, string> read)
    {
        if (YesNo.Read(reading.Text) != YesNoAnswer.Unclear && reading.Text.Length <= NothingInIt)
            return false;
        if (reading.Asked is not { } asked)
            return reading.Correcting && read.IsEmpty;
        return !read.TryGetValue(asked, out var value) || !SlotRules.IsWhole(reading.View.Procedure.Slot(asked)!, value);
    }

    private static Dictionary<string, object?> Question(SlotModel model, SlotReading reading) => new()
    {
        ["message"] = reading.Text.Length <= model.Chat.MaxMessageCharacters ? reading.Text : reading.Text[..model.Chat.MaxMessageCharacters],
        ["conversation"] = ModelQuestion.Conversation(model.Context),
        ["asked"] = reading.Asked,
        ["changing"] = reading.Correcting,
        ["slots"] = Slots(reading).Select(slot => Shown(slot, reading)).ToList(),
    };

    // What was asked for; of what is before the customer, all that can be asked for.
    private static IEnumerable<SlotDefinition> Slots(SlotReading reading)
    {
        var procedure = reading.View.Procedure;
        return procedure.Slots.Where(slot => reading.Asked is { } asked ? slot.Name == asked : procedure.Asks(slot));
    }

    private static Dictionary<string, object?> Shown(SlotDefinition slot, SlotReading reading)
    {
        var wording = new ProcedureWording(reading.Phrases, reading.View);
        return new Dictionary<string, object?>
        {
            ["slot"] = slot.Name,
            ["kind"] = slot.Type switch
            {
                SlotType.OrderItems => "a list",
                SlotType.Variants => "one choice for each piece",
                SlotType.Address => "an address",
                SlotType.YesNo => "yes or no",
                SlotType.Number => "a number",
                SlotType.Date => "a date",
                SlotType.Text => "a text",
                _ => "one",
            },
            ["now"] = reading.View.Value(slot.Name) is { } now ? wording.Of(slot, now) : null,
            ["choices"] = Choices(slot, reading.View).Select((choice, place) => new Dictionary<string, object?>
            {
                ["number"] = (long)(place + 1),
                ["text"] = wording.Choice(slot, choice.Value, choice.Piece),
            }).ToList(),
        };
    }

    // Of variants those for every piece, one after the other; the number tells which piece is meant.
    private static ImmutableArray<(int Piece, string Value)> Choices(SlotDefinition slot, SlotView view) => slot.Type == SlotType.Variants
        ? [.. view.LinesOf(slot).SelectMany((line, piece) => view.Records!.Alternatives(line).Select(variant => (piece, variant.ItemId)))]
        : [.. SlotRules.Choices(slot, view).Select(choice => (0, choice))];

    /// <exception cref="FormatException">It can't be used; the message says why, for the model.</exception>
    private static ImmutableDictionary<string, string> Read(JsonElement json, SlotReading reading)
    {
        var read = ImmutableDictionary<string, string>.Empty;
        foreach (var entry in json.GetProperty("slots").EnumerateArray())
        {
            var name = entry.GetProperty("slot").GetString()!;
            var slot = Slots(reading).FirstOrDefault(candidate => candidate.Name == name) ?? throw new FormatException($"there is no slot '{(name.Length <= 60 ? name : name[..60])}'.");
            if (Value(slot, entry, reading) is { } value)
                read = read.SetItem(name, value);
        }

        return read;
    }

    private static string? Value(SlotDefinition slot, JsonElement entry, SlotReading reading)
    {
        if (slot.Type == SlotType.Address)
            return entry.GetProperty("address") is { ValueKind: JsonValueKind.Object } address ? Address(slot, address, reading) : null;
        if (slot.Type is SlotType.YesNo or SlotType.Number or SlotType.Date or SlotType.Text)
        {
            return entry.GetProperty("text").GetString() is not { Length: > 0 } text ? null
                : SlotRules.Holds(slot, text, reading.View) ? text
                : throw new FormatException($"the text of '{slot.Name}' is not of its kind.");
        }

        var choices = Choices(slot, reading.View);
        var picks = entry.GetProperty("choices").EnumerateArray().Select(number => number.GetInt32()).Distinct().ToList();
        if (picks.FindIndex(number => number < 1 || number > choices.Length) is >= 0 and var wrong)
            throw new FormatException($"'{slot.Name}' has no choice {picks[wrong]}.");
        var picked = picks.ConvertAll(number => choices[number - 1]);
        return (slot.Type, picked) switch
        {
            (_, []) => null,
            (SlotType.OrderItems, _) => SlotText.Of(picked.Select(choice => choice.Value)),
            (SlotType.Variants, _) => Variants(slot, picked, reading.View),
            (_, [var one]) => one.Value,
            _ => throw new FormatException($"give one choice of '{slot.Name}'."),
        };
    }

    private static string Variants(SlotDefinition slot, List<(int Piece, string Value)> picked, SlotView view)
    {
        var before = SlotText.List(view.Value(slot.Name));
        var chosen = view.LinesOf(slot).Select((_, piece) => piece < before.Length ? before[piece] : "").ToArray();
        foreach (var (piece, value) in picked)
            chosen[piece] = value;
        return SlotText.Of(chosen);
    }

    // Nothing of an address is believed that does not stand in the message, except a country's other name.
    private static string? Address(SlotDefinition slot, JsonElement address, SlotReading reading)
    {
        var said = FoldedText.Of(reading.Text);
        var parts = address.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.String)
            .Select(part => KeyValuePair.Create(part.Name, part.Value.GetString()!.Trim())).Where(part => part.Value.Length > 0).ToImmutableDictionary();
        if (parts.FirstOrDefault(part => part.Key != AddressParts.Country && !FoldedText.Has(said, FoldedText.Of(part.Value).Trim())) is { Key: { } invented })
            throw new FormatException($"the '{invented}' of '{slot.Name}' does not stand in the message.");
        if (parts.Count == 0)
            return null;
        var known = reading.Correcting ? ImmutableDictionary<string, string>.Empty : SlotText.Map(reading.View.Value(slot.Name));
        var whole = known.SetItems(parts);
        return SlotText.Of(whole.ContainsKey(AddressParts.Country) ? whole : whole.Add(AddressParts.Country, reading.View.Records?.Customer.Address.Country ?? "USA"));
    }
}
