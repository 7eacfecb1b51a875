using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// Answers from the order system: first the proof of who asks, then which order, then what its record says. Only the proven
/// customer's own records are ever read into an answer; another's order and one that does not exist get the same words. Orders are looked up
/// here only where no procedure does it: where the owner has none, or it lacks words in the customer's language.
/// </summary>
internal sealed class RecordAnswers(IOrderSystem orders)
{
    /// <summary>The answer, or null where a person has to go on.</summary>
    public async ValueTask<ComposedAnswer?> AnswerAsync(AnswerRequest request, IdentityFinding finding, CancellationToken cancellation)
    {
        var phrases = request.Phrases!;
        var pending = request.Run.Context.Pending;
        if (!OrderNumber.TryFindIn(request.Message, out var orderId))
            orderId = pending?.Slots.GetValueOrDefault(PendingKinds.OrderSlot) ?? "";
        if (request.Identity is not { } identity)
            return AskForProof(request, finding, orderId);
        if (request.Intent == IntentNeeds.AccountBalance)
            return await BalanceAsync(request, identity, cancellation);

        if (orderId.Length > 0)
        {
            var found = await orders.FindOrderAsync(orderId, cancellation);
            if (found is not null && found.CustomerId == identity.CustomerId)
                return Describe(request, found);
            return AskForOrder(request, new AnswerText(phrases).Greet(request).Say(AnswerKeys.OrderNotFound, ("order", orderId)), "order number not among the customer's own", orderId);
        }

        var own = await orders.OrdersOfAsync(identity.CustomerId, cancellation);
        return own.Length switch
        {
            0 => new AnswerText(phrases).Greet(request).Say(AnswerKeys.NoOrders).RestOn("customer:" + identity.CustomerId).Build(request.Intent, "no orders on record"),
            1 => Describe(request, own[0]),
            _ => Choose(request, own),
        };
    }

    /// <summary>The answer to a message that is about who the customer is, and nothing else.</summary>
    public static ComposedAnswer? AboutIdentity(AnswerRequest request, IdentityFinding finding) => request.Identity is null
        ? AskForProof(request, finding, "")
        : new AnswerText(request.Phrases!).Greet(request).Say(AnswerKeys.IdentityConfirmed).Build(request.Intent, "identity proven");

    /// <summary>Asks for the proof that the intent needs, or for what is missing of it; null: it was asked for often enough.</summary>
    public static ComposedAnswer? AskForProof(AnswerRequest request, IdentityFinding finding, string orderId)
    {
        var asked = PendingKinds.TimesAsked(request.Run.Context.Pending, PendingKinds.Identity);
        if (asked >= PendingKinds.MostAsks && !finding.Failed)
            return null;
        var key = finding switch
        {
            { Failed: true } => AnswerKeys.IdentityFailed,
            { SoFar: { Email: not null, PostalCodes.IsEmpty: true } } or { SoFar: { Names.IsEmpty: false, PostalCodes.IsEmpty: true } } => AnswerKeys.AskPostalCode,
            { SoFar: { Email: null, Names.IsEmpty: true, PostalCodes.IsEmpty: false } } => AnswerKeys.AskEmailOrName,
            _ => asked == 0 ? AnswerKeys.AskIdentity : AnswerKeys.AskIdentityAgain,
        };
        var slots = ImmutableDictionary.CreateBuilder<string, string>();
        slots[PendingKinds.AskedSlot] = (asked + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (orderId.Length > 0)
            slots[PendingKinds.OrderSlot] = orderId;
        if (!finding.Failed)
            slots.AddRange(PendingKinds.SlotsOf(finding.SoFar));
        // No name in it: who writes is not known yet.
        return new AnswerText(request.Phrases!).Greet(request with { Name = null }).Say(key).Build(request.Intent, "asks for proof of identity") with
        {
            Actions = [],
            Pending = new PendingRequest(PendingKinds.Identity, request.Intent, slots.ToImmutable(), request.Run.StartedAt),
            FollowUpRequired = true,
        };
    }

    private static ComposedAnswer? AskForOrder(AnswerRequest request, AnswerText text, string note, string? orderId = null)
    {
        var asked = PendingKinds.TimesAsked(request.Run.Context.Pending, PendingKinds.OrderNumber);
        if (asked >= PendingKinds.MostAsks)
            return null;
        if (orderId is not null)
            text.RestOn("order:unknown", orderId);
        var slots = ImmutableDictionary<string, string>.Empty.Add(PendingKinds.AskedSlot, (asked + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return text.Build(request.Intent, note) with
        {
            Actions = [],
            Pending = new PendingRequest(PendingKinds.OrderNumber, request.Intent, slots, request.Run.StartedAt),
            FollowUpRequired = true,
        };
    }

    private static ComposedAnswer? Choose(AnswerRequest request, ImmutableArray<Order> own)
    {
        const int shown = 5;
        var phrases = request.Phrases!;
        var lines = own.TakeLast(shown).Select(order => phrases[AnswerKeys.OrderInList].Render(
            [("order", order.Id), ("items", OrderWording.Items(order)), ("status", OrderWording.ShortStatus(phrases, order))]));
        var text = new AnswerText(phrases).Greet(request).Say(AnswerKeys.ChooseOrder, ("orders", string.Join('\n', lines)));
        foreach (var order in own.TakeLast(shown))
            text.RestOn("order:" + order.Id, OrderWording.Record(phrases, order));
        return AskForOrder(request, text, "asks which order");
    }

    private static ComposedAnswer Describe(AnswerRequest request, Order order)
    {
        var phrases = request.Phrases!;
        var text = new AnswerText(phrases).Greet(request).RestOn("order:" + order.Id, OrderWording.Record(phrases, order));
        var note = $"record of {order.Id}";
        switch (request.Intent)
        {
            case IntentNeeds.RefundStatus:
                var refund = OrderTelling.Refund(phrases, order);
                text.Say(refund.Key, refund.Values).RestOn("order:" + order.Id, [.. refund.Values.Select(value => value.Value)]);
                break;
            default:
                foreach (var told in OrderTelling.State(phrases, order))
                    text.Say(told.Key, told.Values);
                break;
        }

        if (request.IncludeNextSteps)
            text.SayIfThere(AnswerKeys.NextStepsOf(request.Intent));
        return text.Build(request.Intent, note) with { OwnDetails = OrderWording.TrackingIds(order) };
    }

    private async ValueTask<ComposedAnswer?> BalanceAsync(AnswerRequest request, ProvenIdentity identity, CancellationToken cancellation)
    {
        if (await orders.FindCustomerAsync(identity.CustomerId, cancellation) is not { } customer)
            return null;
        var phrases = request.Phrases!;
        var text = new AnswerText(phrases).Greet(request).RestOn("customer:" + customer.Id);
        var cards = customer.PaymentMethods.Where(method => method is { Kind: "gift_card", Balance: not null }).ToList();
        foreach (var card in cards)
        {
            var amount = OrderWording.Money(phrases, card.Balance!.Value);
            text.RestOn("customer:" + customer.Id, amount).Say(AnswerKeys.Balance, ("amount", amount));
        }

        if (cards.Count == 0)
            text.Say(AnswerKeys.BalanceNone);
        return text.Build(request.Intent, "record of the customer's payment methods");
    }
}
