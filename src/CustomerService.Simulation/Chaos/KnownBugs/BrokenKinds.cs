using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Simulation.Chaos.KnownBugs;

/// <summary>Bugs of what grains decide.</summary>
internal static class BrokenKinds
{
    public static GrainKind ForgetsMessages(GrainKind kind) => Broken(kind, GrainKinds.Conversation, (inner, state, command, now) => inner.Handle(
        command is ReceiveMessage ? ((ConversationState)state) with { Remembered = [] } : state, command, now));

    public static GrainKind KeepsRescindedOffers(GrainKind kind) => Ignores<RescindOffer>(kind, GrainKinds.Agent);

    public static GrainKind IgnoresWithdrawals(GrainKind kind) => Ignores<Withdraw>(kind, GrainKinds.Queue);

    public static GrainKind IgnoresLostConnections(GrainKind kind) => Ignores<ConnectionLost>(kind, GrainKinds.Agent);

    /// <summary>Not before a first offer, else nothing would ever be offered.</summary>
    public static GrainKind IgnoresReadiness(GrainKind kind) => Broken(kind, GrainKinds.Queue, (inner, state, command, now) =>
        command is AgentReady { FreeUnits: > 0, SeenOffer: > 0 } ? new UntypedTurn(state, Reply.Done, []) : inner.Handle(state, command, now));

    public static GrainKind ForgetsPlaces(GrainKind kind) => Broken(kind, GrainKinds.Queue, (inner, state, command, now) =>
    {
        var turn = inner.Handle(state, command, now);
        return command is DeclineOffer or ExpireOffer ? turn with { Effects = [.. turn.Effects.Select(effect => Aged(effect, now))] } : turn;
    });

    public static GrainKind GrantsLateClaims(GrainKind kind) => Broken(kind, GrainKinds.Queue, (inner, state, command, now) =>
    {
        var turn = inner.Handle(state, command, now);
        if (command is not ClaimOffer claim || !turn.Effects.Any(effect => effect is Tell { Command: RescindOffer rescind } && rescind.OfferId == claim.OfferId))
            return turn;

        // Whom it is about is known only while somebody waits; the first of the line will do.
        return inner.Handle(state, new GetQueue(), now).Reply is QueueView { Head: [var first, ..] }
            ? turn with
            {
                Effects =
                [
                    new Tell(Grain.Conversation(first.ConversationId), new AssignAgent(claim.AgentId, claim.OfferId)),
                    new Tell(Grain.Agent(claim.AgentId), new ConfirmOffer(claim.OfferId)),
                ],
            }
            : turn;
    });

    public static GrainKind CountsNights(GrainKind kind) => Broken(kind, GrainKinds.Conversation, (inner, state, command, now) => inner.Handle(
        state, command is NoteTerms note ? note with { Terms = note.Terms with { Calendar = null } } : command, now));

    public static GrainKind OffersWhenClosed(GrainKind kind) => Broken(kind, GrainKinds.Queue, (inner, state, command, now) =>
    {
        var policy = ((QueueState)state).Policy;
        if (command is not AgentReady || policy.Terms.Calendar is null)
            return inner.Handle(state, command, now);
        var turn = inner.Handle((QueueState)state with { Policy = policy with { Terms = policy.Terms with { Calendar = null } } }, command, now);
        return turn with { State = (QueueState)turn.State with { Policy = policy } };
    });

    /// <summary>Leases and relaxations still wake it.</summary>
    public static GrainKind SleepsAtOpening(GrainKind kind) => Broken(kind, GrainKinds.Queue, (inner, state, command, now) =>
    {
        var turn = inner.Handle(state, command, now);
        var opening = BusinessTime.NextOpening(((QueueState)state).Policy.Terms.Calendar, now);
        return turn with { Effects = [.. turn.Effects.Where(effect => effect is not Wake wake || wake.At != opening)] };
    });

    private static GrainKind Ignores<TCommand>(GrainKind kind, string name)
        where TCommand : Command =>
        Broken(kind, name, (inner, state, command, now) => command is TCommand ? new UntypedTurn(state, Reply.Done, []) : inner.Handle(state, command, now));

    private static GrainKind Broken(GrainKind kind, string name, Func<GrainKind, object, Command, DateTimeOffset, UntypedTurn> handle) =>
        kind.Name == name ? new BrokenKind(kind, handle) : kind;

    private static Effect Aged(Effect effect, DateTimeOffset now) =>
        effect is PutEntry put && TryRead(put.Payload) is { ConversationId: { Length: > 0 } id } waiting && id == put.Key
            ? put with { Payload = JsonSerializer.Serialize(waiting with { Since = now }, GrainsJson.Default.WaitingConversation) }
            : effect;

    private static WaitingConversation? TryRead(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, GrainsJson.Default.WaitingConversation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
