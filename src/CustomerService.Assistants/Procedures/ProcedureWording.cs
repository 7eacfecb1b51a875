using System.Collections.Immutable;
using System.Text;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Assistants.Tools.Shop;
using CustomerService.Integrations.Orders;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Assistants.Procedures;

/// <summary>A procedure's values in the customer's words, for the places of its texts. Pure: all of it comes from records and slots.</summary>
internal sealed class ProcedureWording(AnswerPhrases phrases, SlotView view)
{
    private const int LongestList = 12;
    private const int LongestFound = 300;

    /// <summary>What is known, by slot.</summary>
    public List<(string Name, string Value)> Slots()
    {
        var values = new List<(string, string)> { ("title", Title) };
        foreach (var slot in view.Procedure.Slots)
        {
            if (view.Value(slot.Name) is { } value)
                values.Add((slot.Name, Of(slot, value)));
            if (slot.Type == SlotType.Order && view.OrderOf(slot) is { } order)
                values.AddRange(Of(order));
        }

        if (view.Procedure.OrderSlot is { } orders)
            values.Add(("orders", List(orders, Shown(orders, SlotRules.Choices(orders, view)))));
        return values;
    }

    /// <summary>An order's record.</summary>
    private IEnumerable<(string Name, string Value)> Of(Order order) =>
    [
        ("status", OrderWording.ShortStatus(phrases, order)),
        ("state", string.Join("\n\n", OrderTelling.State(phrases, order).Select(told => told.In(phrases)))),
        ("refund", OrderTelling.Refund(phrases, order).In(phrases)),
        ("lines", Bullets(order.Lines.Select(line => $"{Item(line)}, {Money(line.Price)}"))),
        ("payments", Bullets(order.Payments.Where(payment => payment.Kind == "payment").Select(payment => $"{Money(payment.Amount)}: {Method(payment.PaymentMethodId)}"))),
        ("order_address", Address(order)),
    ];

    /// <summary>An order's address in one line.</summary>
    public static string Address(Order order) => Address(part => RecordMaps.Of(order.Address).GetValueOrDefault(part) as string);

    /// <summary>What a call would do, from its own arguments and nothing else: the customer says yes to these.</summary>
    public List<(string Name, string Value)> Arguments(ToolCall call)
    {
        var values = new List<(string, string)> { ("title", Title) };
        var order = call.Text("order_id") is { } id ? view.Records?.Order(id) : null;
        if (call.Text("order_id") is { } number)
            values.Add(("order", number));
        if (order is not null)
            values.Add(("order_items", OrderWording.Items(order)));
        if (call.Texts("item_ids") is { IsEmpty: false } items && order is not null)
        {
            var lines = Lines(order, items);
            values.Add(("items", call.Texts("new_item_ids") is { IsEmpty: false } news ? Swaps(lines, news) : Bullets(lines.Select(line => $"{Item(line)}, {Money(line.Price)}"))));
        }

        if (call.Text("payment_method_id") is { } method)
            values.Add(("payment", Method(method)));
        if (call.Text("address1") is not null)
            values.Add(("address", Address(part => call.Text(part))));
        if (call.Text("reason") is { } reason)
            values.Add(("reason", Reason(reason)));
        return values;
    }

    public string Title => phrases.Find(ProcedureTexts.Title(view.Procedure.Name))?.FixedText ?? view.Procedure.Title;

    /// <summary>An amount without its sign; the text around it says who pays.</summary>
    public string Money(object? amount) => OrderWording.Money(phrases, Math.Abs(Math.Round((decimal)(Values.Number(amount) ?? 0), 2)));

    /// <summary>What a tool told, on one line and no longer than a customer reads.</summary>
    public static string Found(object? value)
    {
        var plain = string.Concat(Values.ToText(value).EnumerateRunes().Take(LongestFound).Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));
        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static string Item(OrderLine line) => Named(line.Name, line.Options);

    public string Variant(ProductVariant variant, decimal? instead = null)
    {
        var text = $"{string.Join(", ", variant.Options.Values)}, {Money(variant.Price)}";
        return instead is { } old && variant.Price != old ? $"{text} ({Difference(variant.Price - old)})" : text;
    }

    public string Difference(decimal difference) => difference switch
    {
        > 0 => phrases[ProcedureTexts.Dearer].Render([("amount", Money(difference))]),
        < 0 => phrases[ProcedureTexts.Cheaper].Render([("amount", Money(difference))]),
        _ => phrases[ProcedureTexts.SamePrice].FixedText,
    };

    public string Method(string id) => view.Records?.Method(id) switch
    {
        null => id,
        { Kind: "gift_card" } card => phrases[ProcedureTexts.GiftCard].Render([("balance", Money(card.Balance ?? 0))]),
        { LastFour: { } digits } card => phrases[ProcedureTexts.Card].Render([("brand", Brand(card)), ("digits", digits)]),
        { Kind: "paypal" } => "PayPal",
        { } other => phrases[ProcedureTexts.OtherMethod].Render([("method", other.Kind.Replace('_', ' '))]),
    };

    /// <summary>As many choices as one can read: of orders the latest.</summary>
    public static ImmutableArray<string> Shown(SlotDefinition slot, ImmutableArray<string> choices) =>
        choices.Length <= LongestList ? choices : slot.Type == SlotType.Order ? choices[^LongestList..] : choices[..LongestList];

    /// <summary>The entries of a numbered list.</summary>
    public string List(SlotDefinition slot, ImmutableArray<string> choices) => string.Join('\n', choices.Select((choice, i) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}. {Entry(slot, choice)}")));

    public string Missing(ImmutableArray<string> parts) => string.Join(", ", parts.Select(part => phrases[ProcedureTexts.Part(part)].FixedText));

    /// <summary>A choice by itself; of variants with the piece that it would be instead of.</summary>
    public string Choice(SlotDefinition slot, string choice, int piece) => slot.Type == SlotType.Variants && view.LinesOf(slot)[piece] is var line
        ? view.Records?.Variant(line.ProductId, choice) is { } variant ? $"{Item(line)} → {Variant(variant, line.Price)}" : Item(line)
        : Entry(slot, choice);

    private string Entry(SlotDefinition slot, string choice) => slot.Type switch
    {
        SlotType.Order when view.Records?.Order(choice) is { } order => $"{order.Id}: {OrderWording.Items(order)} ({OrderWording.ShortStatus(phrases, order)})",
        SlotType.OrderItems when view.OrderOf(slot)?.Lines.FirstOrDefault(line => line.ItemId == choice) is { } line => $"{Item(line)}, {Money(line.Price)}",
        SlotType.Variants when SlotRules.OpenLine(slot, view) is { } line && view.Records?.Variant(line.ProductId, choice) is { } variant => Variant(variant, line.Price),
        SlotType.PaymentMethod => Method(choice),
        SlotType.OneOf => Option(slot, choice),
        _ => choice,
    };

    /// <summary>A slot's value.</summary>
    public string Of(SlotDefinition slot, string value) => slot.Type switch
    {
        SlotType.OrderItems => string.Join(", ", view.LinesOf(slot).Select(Item)),
        SlotType.Variants => Swaps(view.LinesOf(slot), SlotText.List(value)),
        SlotType.PaymentMethod => Method(value),
        SlotType.Address => Address(part => SlotText.Map(value).GetValueOrDefault(part)),
        SlotType.OneOf => Option(slot, value),
        _ => value,
    };

    private string Swaps(ImmutableArray<OrderLine> lines, ImmutableArray<string> news) => Bullets(lines.Zip(news, (line, id) =>
        view.Records?.Variant(line.ProductId, id) is { } variant ? $"{Item(line)} → {Variant(variant)}" : Item(line)));

    private static ImmutableArray<OrderLine> Lines(Order order, ImmutableArray<string> ids)
    {
        var free = order.Lines.ToList();
        var lines = ImmutableArray.CreateBuilder<OrderLine>();
        foreach (var id in ids)
        {
            if (free.Find(line => line.ItemId == id) is { } line)
            {
                lines.Add(line);
                free.Remove(line);
            }
        }

        return lines.ToImmutable();
    }

    private string Reason(string reason) =>
        view.Procedure.Slots.FirstOrDefault(slot => slot.Options.Contains(reason)) is { } slot ? Option(slot, reason) : reason;

    private string Option(SlotDefinition slot, string option) =>
        phrases.List(ProcedureTexts.Key($"{slot.Words}.{option.Replace(' ', '_')}")) is [var first, ..] ? first : option;

    private static string Address(Func<string, string?> part)
    {
        var city = string.Join(' ', new[] { part(AddressParts.State), part(AddressParts.Postcode) }.Where(text => !string.IsNullOrEmpty(text)));
        return string.Join(", ", new[] { part(AddressParts.Street), part(AddressParts.Extra), part(AddressParts.City), city, part(AddressParts.Country) }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static string Brand(PaymentMethod card) => card.Brand is { Length: > 0 } brand ? char.ToUpperInvariant(brand[0]) + brand[1..] : card.Kind.Replace('_', ' ');

    private static string Named(string name, IEnumerable<KeyValuePair<string, string>> options)
    {
        var values = string.Join(", ", options.Select(option => option.Value));
        return values.Length == 0 ? name : $"{name} ({values})";
    }

    private static string Bullets(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => "- " + line));
}
