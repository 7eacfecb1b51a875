using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Assistants.Responses;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Procedures;

/// <summary>Which values are valid, whoever proposed them: rules, a chat model, or an earlier message. And what there is to choose from. Pure.</summary>
internal static class SlotRules
{
    private const string GiftCard = "gift_card";
    private const int LongestText = 500;

    /// <summary>Whether the value holds with all that is known now.</summary>
    public static bool Holds(SlotDefinition slot, string value, SlotView view)
    {
        switch (slot.Type)
        {
            case SlotType.Order:
                return view.Records?.Order(value) is not null;
            case SlotType.OrderItems:
                var ids = SlotText.List(value);
                return !ids.IsEmpty && view.With(slot.Name, value).LinesOf(slot).Length == ids.Length;
            case SlotType.Variants:
                var lines = view.LinesOf(slot);
                var chosen = SlotText.List(value);
                return chosen.Length == lines.Length && lines.Length > 0
                    && lines.Zip(chosen).All(pair => pair.Second.Length == 0 || view.Records!.Alternatives(pair.First).Any(variant => variant.ItemId == pair.Second));
            case SlotType.PaymentMethod:
                return Methods(slot, view).Any(method => method.Id == value);
            case SlotType.Address:
                return AddressParts.IsSound(SlotText.Map(value));
            case SlotType.OneOf:
                return slot.Options.Contains(value);
            case SlotType.YesNo:
                return value is SlotText.Yes or SlotText.No;
            case SlotType.Number:
                return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
            case SlotType.Date:
                return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
            default:
                return !string.IsNullOrWhiteSpace(value) && value.Length <= LongestText;
        }
    }

    /// <summary>Whether nothing of the value is missing: of variants each, of an address all parts that are needed.</summary>
    public static bool IsWhole(SlotDefinition slot, string value) => slot.Type switch
    {
        SlotType.Variants => !SlotText.List(value).Contains(""),
        SlotType.Address => AddressParts.Missing(SlotText.Map(value)).IsEmpty,
        _ => true,
    };

    /// <summary>What a customer may pick from, in the order in which it is listed; empty: nothing can be listed.</summary>
    public static ImmutableArray<string> Choices(SlotDefinition slot, SlotView view) => slot.Type switch
    {
        SlotType.Order => [.. Orders(slot, view).Select(order => order.Id)],
        SlotType.OrderItems => [.. view.OrderOf(slot)?.Lines.Select(line => line.ItemId) ?? []],
        SlotType.Variants => [.. OpenLine(slot, view) is { } line ? view.Records!.Alternatives(line).Select(variant => variant.ItemId) : []],
        SlotType.PaymentMethod => [.. Methods(slot, view).Select(method => method.Id)],
        SlotType.OneOf => slot.Options,
        _ => [],
    };

    /// <summary>The one value that is possible, where there is no choice.</summary>
    public static string? Only(SlotDefinition slot, SlotView view) => (slot.Type, Choices(slot, view)) switch
    {
        (SlotType.Order or SlotType.PaymentMethod, [var one]) => one,
        (SlotType.OrderItems, [var one]) => SlotText.Of([one]),
        _ => null,
    };

    /// <summary>The order that was spoken of before the procedure began: whoever then says "cancel it" means that one.</summary>
    public static string? Spoken(SlotDefinition slot, SlotView view) =>
        slot.Type == SlotType.Order && view.Value(ProcedureState.Spoken) is { } spoken && Holds(slot, spoken, view) ? spoken : null;

    /// <summary>The first line that has no new variant yet.</summary>
    public static OrderLine? OpenLine(SlotDefinition slot, SlotView view)
    {
        var lines = view.LinesOf(slot);
        var chosen = SlotText.List(view.Value(slot.Name));
        for (var i = 0; i < lines.Length; i++)
        {
            if (i >= chosen.Length || chosen[i].Length == 0)
                return lines[i];
        }

        return null;
    }

    /// <summary>The customer's orders that fit, latest last; all of them where none fits, so that the reason can be told for the one that they mean.</summary>
    public static ImmutableArray<Order> Orders(SlotDefinition slot, SlotView view)
    {
        var own = view.Records?.Orders ?? [];
        ImmutableArray<Order> fitting = [.. own.Where(order => slot.Accept.IsEmpty || slot.Accept.Contains(OrderWording.StatusWord(order)))];
        return fitting.IsEmpty ? own : fitting;
    }

    private static IEnumerable<PaymentMethod> Methods(SlotDefinition slot, SlotView view)
    {
        var paidWith = view.OrderOf(slot) is { } order ? OrderRules.PaidWith(order) : null;
        return (view.Records?.Customer.PaymentMethods ?? []).Where(method => slot.Accept switch
        {
            ["refund"] => method.Kind == GiftCard || method.Id == paidWith,
            ["original"] => method.Id == paidWith,
            ["other"] => method.Id != paidWith,
            _ => true,
        });
    }
}
