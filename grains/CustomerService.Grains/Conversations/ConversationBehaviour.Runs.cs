using CustomerService.Grains.Customers;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// What the pipeline's runs decide. One run at a time: that of the first waiting message.
public sealed partial class ConversationBehaviour
{
    private static bool IsRunning(ConversationState state, string messageId) =>
        !state.Waiting.IsEmpty && state.Waiting[0].Interaction.Id == messageId;

    private static Perform RunFor(ConversationState state)
    {
        var message = state.Waiting[0].Interaction;
        return new Perform(new RunPipeline(state.Id, message.Id), message.Priority);
    }

    private static Turn<ConversationState> DescribeRun(ConversationState state, string messageId, DateTimeOffset now)
    {
        if (!IsRunning(state, messageId))
            return Refuse(state, "not_running", "That message has been dealt with, or waits behind an earlier one.");

        var (sequence, interaction, _) = state.Waiting[0];
        return Turn.Unchanged(state, new RunContext(
            state.Id, interaction, sequence, state.CustomerId, [.. state.Tail.Where(line => line.Sequence < sequence)],
            state.Identity is { } identity && now < identity.Until ? identity : null, state.Pending, state.TicketId, state.FailedProofs)
        {
            Procedure = state.Procedure,
            Spent = state.Spent,
            Handoffs = state.Handoffs,
        });
    }

    private static Turn<ConversationState> Complete(ConversationState state, string messageId, RunOutcome outcome, DateTimeOffset now)
    {
        // A late or repeated run has already counted.
        if (!IsRunning(state, messageId))
            return Turn.Unchanged(state, Turns.Reply.Done);

        var waiting = state.Waiting[0];
        var signals = outcome.Signals with { Emotions = outcome.Signals.Emotions.OrEmpty() };
        var answer = string.IsNullOrWhiteSpace(outcome.Answer?.Text) ? null : outcome.Answer;
        var handoff = outcome.Handoff;
        var resolutionType = outcome.ResolutionType;
        if (answer is null && handoff is null)
        {
            // A customer is never left without either: a person takes over.
            answer = FallbackReplies.For(signals.Language);
            handoff = FallbackHandoff(state, waiting.Interaction, "the pipeline gave no answer");
            resolutionType = ResolutionTypes.ErrorFallback;
        }

        var then = new Consequences(now);
        then.Record(new RunCompleted(messageId, signals, resolutionType, state.Channel, SecondsSince(waiting.AcceptedAt, now), outcome.Trace));
        if (outcome.Identity is { } proven)
            then.Record(new IdentityProven(proven.CustomerId, proven.Level));

        var next = state with
        {
            Waiting = state.Waiting.RemoveAt(0),
            LastSignals = signals,
            Identity = outcome.Identity ?? state.Identity,
            FailedProofs = outcome.Identity is not null ? 0 : state.FailedProofs + (outcome.ProofFailed ? 1 : 0),
            Pending = outcome.Pending,
            Procedure = handoff is null ? outcome.Procedure : null, // a person goes on; what was gathered travels in the handoff
            Outcomes = [.. state.Outcomes.AddRange(outcome.Outcomes).TakeLast(ConversationState.RememberedOutcomes)],
            Spent = outcome.Spent is { } spent ? (state.Spent ?? ModelSpend.None) + spent : state.Spent,
            Handoffs = state.Handoffs + (handoff is null ? 0 : 1),
            TicketId = outcome.Log?.TicketId ?? state.TicketId,
        };
        if (answer is not null)
            next = Answer(next, waiting.Interaction.Id, answer, then);
        if (outcome.Log is { } log)
            next = TellRecords(next, waiting, signals, log, resolutionType, then);
        if (handoff is not null)
            next = HandOff(next, KnownHere(next, handoff), RuleOf(handoff), then);
        else if (!next.Waiting.IsEmpty)
            then.Add(RunFor(next));
        return then.Turn(next);
    }

    private static Turn<ConversationState> FailRun(ConversationState state, string messageId, string reason, DateTimeOffset now)
    {
        if (!IsRunning(state, messageId))
            return Turn.Unchanged(state, Turns.Reply.Done);

        var waiting = state.Waiting[0];
        var language = state.LastSignals?.Language ?? waiting.Interaction.ChannelMetadata?.GetValueOrDefault("language");
        var then = new Consequences(now);
        then.Record(new RunFailed(messageId, state.Channel, SecondsSince(waiting.AcceptedAt, now), reason));
        var next = state with { Waiting = state.Waiting.RemoveAt(0), Procedure = null, Handoffs = state.Handoffs + 1 };
        next = Answer(next, messageId, FallbackReplies.For(language), then);
        var handoff = FallbackHandoff(state, waiting.Interaction, $"processing failed: {reason}");
        return then.Turn(HandOff(next, handoff, handoff.Reason, then));
    }

    private static ConversationState Answer(ConversationState state, string messageId, OutgoingMessage message, Consequences then) =>
        Send(state, $"{messageId}:answer", messageId, message, then);

    private static string RuleOf(HandoffPackage package) => package.Route is { Rule: { Length: > 0 } rule } ? $"rule {rule}: {package.Reason}" : package.Reason;

    /// <summary>The agent who had this very matter knows more of it than whoever served the customer last.</summary>
    private static HandoffPackage KnownHere(ConversationState state, HandoffPackage package) =>
        package.PreferredSeconds > 0 && state.LastAgentId is { } last ? package with { PreferredAgent = last } : package;

    private static ConversationState TellRecords(
        ConversationState state, WaitingMessage waiting, MessageSignals signals, InteractionLog log, string resolutionType, Consequences then)
    {
        var message = waiting.Interaction;
        state = state with { LinkedCustomerId = string.IsNullOrEmpty(log.CustomerId) || log.CustomerId == state.CustomerId ? null : log.CustomerId };
        var customerId = RecordOf(state);
        if (customerId != state.CustomerId)
            state = state with { Records = [.. state.Records.Remove(customerId).Add(customerId).TakeLast(ConversationState.RememberedRecords)] };
        then.Tell(Grain.Ticket(log.TicketId), new LogInteraction(
            state.Id, customerId, message.Id, log.Subject, log.Status, resolutionType, log.Metrics)
        {
            Message = new LoggedMessage(message.Channel, signals.Intent, signals.Sentiment, waiting.AcceptedAt),
        });
        then.Tell(Grain.Customer(customerId), new NoteInteraction(new PastInteraction(
            message.Id, state.Id, message.Channel, Excerpt.Of(message.Content, CustomerState.MaxText), signals.Intent, signals.Sentiment,
            resolutionType, waiting.AcceptedAt)));
        return state;
    }

    private static string RecordOf(ConversationState state) => state.LinkedCustomerId ?? state.CustomerId;

    private static HandoffPackage FallbackHandoff(ConversationState state, Interaction message, string reason) => new(
        QueueNames.General, Math.Max(message.Priority, HandoffPackage.RaisedPriority), reason,
        $"The customer wrote: {Excerpt.Of(message.Content, TranscriptLine.MaxText)}", Skills: [], ArticleIds: [])
    {
        Facts = new HandoffFacts(state.LastSignals ?? MessageSignals.Unknown, Excerpt.Of(message.Content, HandoffFacts.MaxText))
        {
            Procedure = state.Procedure,
            IdentityProven = state.Identity is not null,
            FailedProofs = state.FailedProofs,
            Fault = reason,
        },
    };

    private static double SecondsSince(DateTimeOffset then, DateTimeOffset now) => Math.Max(0, (now - then).TotalSeconds);
}
