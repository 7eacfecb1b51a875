using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// A callback keeps the customer's place in line while they do not wait in it; one that an agent promises comes back at its time.
public sealed partial class ConversationBehaviour
{
    private const int MaxCallbackAddress = 200;

    private static readonly TimeSpan LatestCallback = TimeSpan.FromDays(7);

    private static Turn<ConversationState> RequestCallback(ConversationState state, RequestCallback request, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status.IsHeld() && request.By == state.AgentId)
            return PromiseCallback(state, request, then);
        if (!state.Status.IsInLine() || state.Stay is not { } stay)
            return Refuse(state, "not_waiting", "A callback keeps a place in line, and this conversation does not wait in one.");
        if (CallbackFault(state, request, then) is { } fault)
            return fault;

        var to = request.To.Trim();
        if (state.Callback?.To == to && stay.NotBefore == request.NotBefore)
            return Done(state);

        then.Record(new CallbackRequested(request.By, to, request.NotBefore));
        return then.Turn(Enqueued(
            state with { Callback = new Callback(to, then.Now, state.Callback?.Attempts ?? 0) }, stay with { NotBefore = request.NotBefore }, then));
    }

    /// <summary>The agent who has it promises a call: it is put away until then, and comes back to them as a call to make.</summary>
    private static Turn<ConversationState> PromiseCallback(ConversationState state, RequestCallback request, Consequences then)
    {
        if (CallbackFault(state, request, then) is { } fault)
            return fault;
        if (request.NotBefore is not { } at || at <= then.Now)
            return Refuse(state, "callback_time_missing", "Say when you call back: a time to come.");

        var to = request.To.Trim();
        var why = $"{request.By} calls {to} back at {at.UtcDateTime:yyyy-MM-dd HH:mm}Z";
        then.Record(new CallbackRequested(request.By, to, at));
        state = LetGo(state with { Callback = new Callback(to, then.Now, 0) }, why, then) with { AgentId = null, OfferId = null, SnoozedUntil = at };
        return then.Turn(Moved(state, ConversationStatus.Snoozed, why, then));
    }

    private static Turn<ConversationState>? CallbackFault(ConversationState state, RequestCallback request, Consequences then) =>
        string.IsNullOrWhiteSpace(request.To) || request.To.Length > MaxCallbackAddress
            ? Refuse(state, "callback_address_missing", $"Say where to call back: a telephone number or an address of at most {MaxCallbackAddress} characters.")
        : request.NotBefore - then.Now > LatestCallback
            ? Refuse(state, "callback_too_late", $"A callback comes within {LatestCallback.TotalDays:0} days; choose an earlier time.")
        : null;

    private static Turn<ConversationState> ReportCallback(ConversationState state, ReportCallback report, Consequences then)
    {
        if (NotHeldBy(state, report.AgentId, "report a callback") is { } refusal)
            return refusal;
        if (state.Callback is not { } callback)
            return Refuse(state, "no_callback", "The customer asked for no callback, or was reached already.");

        var attempts = callback.Attempts + 1;
        then.Record(new CalledBack(report.AgentId, report.Reached, attempts));
        if (report.Reached)
            return then.Turn(Served(state) with { Callback = null });
        if (attempts >= Callback.MaxAttempts)
            return then.Turn(Unreachable(state, callback, then));

        var why = $"{report.AgentId} did not reach the customer ({attempts} of {Callback.MaxAttempts})";
        state = LetGo(state with { Callback = callback with { Attempts = attempts } }, why, then);
        return then.Turn(Join(
            state,
            new QueueStay
            {
                Queue = state.Queue!,
                Priority = state.Handoff?.Priority ?? 0,
                NotBefore = then.Now + PauseAfter(attempts),
            },
            why, then));
    }

    /// <summary>Who did not answer is tried again soon, then less soon.</summary>
    private static TimeSpan PauseAfter(int attempts) => TimeSpan.FromMinutes(attempts == 1 ? 5 : 15);

    /// <summary>The customer hears that we tried, and how to go on; a person of a higher tier could reach them no better.</summary>
    private static ConversationState Unreachable(ConversationState state, Callback callback, Consequences then)
    {
        var notice = UnreachableNotices.For(LanguageOf(state), callback.To);
        return Settle(Send(state, $"unreachable-{state.Hop}", inReplyTo: null, notice, then), "unreachable", then);
    }
}
