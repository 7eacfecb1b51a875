using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// A callback keeps the customer's place in line while they do not wait in it.
public sealed partial class ConversationBehaviour
{
    private const int MaxCallbackAddress = 200;

    private static readonly TimeSpan LatestCallback = TimeSpan.FromDays(7);

    private static Turn<ConversationState> RequestCallback(ConversationState state, RequestCallback request, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (!state.Status.IsInLine() || state.Stay is not { } stay)
            return Refuse(state, "not_waiting", "A callback keeps a place in line, and this conversation does not wait in one.");
        if (string.IsNullOrWhiteSpace(request.To) || request.To.Length > MaxCallbackAddress)
            return Refuse(state, "callback_address_missing", $"Say where to call back: a telephone number or an address of at most {MaxCallbackAddress} characters.");
        if (request.NotBefore - then.Now > LatestCallback)
            return Refuse(state, "callback_too_late", $"A callback comes within {LatestCallback.TotalDays:0} days; choose an earlier time.");

        var to = request.To.Trim();
        if (state.Callback?.To == to && stay.NotBefore == request.NotBefore)
            return Done(state);

        then.Record(new CallbackRequested(request.By, to, request.NotBefore));
        return then.Turn(Enqueued(
            state with { Callback = new Callback(to, then.Now, state.Callback?.Attempts ?? 0) }, stay with { NotBefore = request.NotBefore }, then));
    }

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
