using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;

namespace CustomerService.Gateway.Sockets;

/// <summary>What an agent's program sends over its socket. Which fields count depends on the type; <c>id</c> comes back with the answer.</summary>
/// <remarks>
/// <c>accept</c> {offer} · <c>reject</c> {offer, reason?} · <c>presence</c> {presence?, activity?, whenFree?} ·
/// <c>wrap_up</c> {conversation, code?, note?} · <c>alive</c> {}: a key was pressed or the mouse was moved.
/// </remarks>
internal sealed record AgentClientFrame
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public string? Offer { get; init; }

    public string? Reason { get; init; }

    public string? Presence { get; init; }

    public string? Activity { get; init; }

    public bool WhenFree { get; init; }

    public string? Conversation { get; init; }

    public string? Code { get; init; }

    public string? Note { get; init; }
}

/// <summary>What an agent's program is sent: what happened, and after it the desk as it is now.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Welcome), "ready")]
[JsonDerivedType(typeof(Desk), "desk")]
[JsonDerivedType(typeof(Offered), "offer")]
[JsonDerivedType(typeof(OfferEnded), "offer_ended")]
[JsonDerivedType(typeof(WorkStarted), "work_started")]
[JsonDerivedType(typeof(WrapUp), "wrap_up")]
[JsonDerivedType(typeof(WorkEnded), "work_ended")]
[JsonDerivedType(typeof(Presence), "presence")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(TryLater), "busy")]
[JsonDerivedType(typeof(Refusal), "error")]
internal abstract record AgentServerFrame
{
    private AgentServerFrame()
    {
    }

    /// <summary>The first frame: whose socket this is.</summary>
    public sealed record Welcome(string Agent, string Connection) : AgentServerFrame;

    /// <summary>All that is on the desk. Whoever missed something has it all again.</summary>
    public sealed record Desk([property: JsonPropertyName("desk")] AgentView View) : AgentServerFrame;

    public sealed record Offered(
        [property: JsonPropertyName("offer")] string OfferId, string Conversation, string Queue, DateTimeOffset ExpiresAt, string? Channel, DateTimeOffset? Since,
        string? Why, string? CallbackTo) : AgentServerFrame;

    public sealed record OfferEnded([property: JsonPropertyName("offer")] string OfferId, string Conversation, string Outcome, string? Reason) : AgentServerFrame;

    public sealed record WorkStarted(string Conversation, string Offer, string? Channel, int Units) : AgentServerFrame;

    /// <param name="EndsAt">When it completes by itself; left out: never.</param>
    public sealed record WrapUp(string Conversation, string Offer, ImmutableArray<string> Codes, bool CodeRequired, DateTimeOffset? EndsAt) : AgentServerFrame;

    public sealed record WorkEnded(string Conversation, string Offer, string Outcome, string? Code) : AgentServerFrame;

    /// <param name="NotReady">Why no work comes, in words; left out: it does.</param>
    public sealed record Presence(
        [property: JsonPropertyName("presence")] string Chosen, string? Activity, string? Next, string? NotReady, string? Cause) : AgentServerFrame;

    /// <summary>The frame with this id was carried out.</summary>
    public sealed record Done(string? Id) : AgentServerFrame;

    /// <summary>Nothing was done with the frame of this id; send it again after so many seconds.</summary>
    public sealed record TryLater(string? Id, int RetryAfter, string Code) : AgentServerFrame;

    /// <summary>The frame of this id was not carried out; sending it again as it is won't help.</summary>
    public sealed record Refusal(string? Id, string Code, [property: JsonPropertyName("message")] string Detail, string? Field, string? ParkedId) : AgentServerFrame;

    /// <summary>The frame that tells of an event; null where the desk itself says all. <paramref name="desk"/>: as it is after it.</summary>
    public static AgentServerFrame? Of(JournalEvent happened, AgentView desk) => happened switch
    {
        OfferReceived received when desk.Offers.FirstOrDefault(offer => offer.OfferId == received.OfferId) is { } offer => new Offered(
            offer.OfferId, offer.ConversationId, offer.Queue, offer.ExpiresAt, offer.Channel, offer.Since, offer.Why, offer.CallbackTo),
        OfferLeft left => new OfferEnded(left.OfferId, left.ConversationId, left.Outcome, left.Reason),
        Grains.Agents.WorkStarted started => new WorkStarted(started.ConversationId, started.OfferId, started.Channel, started.Units),
        WrapUpStarted wrapping => WrapUpOf(wrapping, desk.Work.FirstOrDefault(held => held.OfferId == wrapping.OfferId)),
        Grains.Agents.WorkEnded ended => new WorkEnded(ended.ConversationId, ended.OfferId, ended.Outcome, ended.Code),
        PresenceChanged changed => new Presence(desk.Presence, desk.Activity, desk.NextPresence, desk.NotReady, changed.Cause),
        ReadinessChanged changed => new Presence(desk.Presence, desk.Activity, desk.NextPresence, desk.NotReady, changed.Cause),
        _ => null,
    };

    private static WrapUp WrapUpOf(WrapUpStarted started, HeldConversation? held)
    {
        var policy = held?.WrapUp;
        return new WrapUp(
            started.ConversationId, started.OfferId, policy is { Codes.IsDefault: false } ? policy.Codes : [], policy?.CodeRequired ?? false,
            policy is { Seconds: > 0 } ? held!.WrappingSince?.AddSeconds(policy.Seconds) : null);
    }
}
