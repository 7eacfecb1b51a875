using System.Collections.Immutable;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>
/// A turn of a queue in the making: the state so far and what is to be done. Whatever touched the line or the agents, each entry is
/// written once, at the end, and the one alarm is set for when time alone may change something.
/// </summary>
internal sealed class QueueTurn
{
    /// <summary>The one alarm of a queue.</summary>
    public const string Alarm = "review";

    private readonly QueueState before;
    private readonly bool someHadToWait;
    private (BusinessCalendar? Calendar, bool IsClosed)? closed;
    private readonly ImmutableArray<Effect>.Builder effects = ImmutableArray.CreateBuilder<Effect>();
    private readonly SortedSet<string> conversations = new(StringComparer.Ordinal);
    private readonly SortedSet<string> agents = new(StringComparer.Ordinal);

    public QueueTurn(QueueState state, DateTimeOffset now)
    {
        before = state;
        State = state;
        Now = now;
        someHadToWait = state.Unoffered > 0;
    }

    public DateTimeOffset Now { get; }

    public QueueState State { get; set; }

    public QueuePolicy Policy => State.Policy;

    public Floor Floor => State.Floor;

    /// <summary>More is to be done at once, in a turn of its own.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Outside the hours of the policy's calendar.</summary>
    public bool IsClosed
    {
        get
        {
            // Asked before each offer of a turn, and time stands still in a turn.
            if (closed is not { } known || known.Calendar != Policy.Terms.Calendar)
                closed = known = (Policy.Terms.Calendar, !BusinessTime.IsOpen(Policy.Terms.Calendar, Now));
            return known.IsClosed;
        }
    }

    public bool CanOffer => State.Pause is null && !IsClosed;

    public void Put(WaitingConversation waiting)
    {
        State = State.With(waiting, Now);
        conversations.Add(waiting.ConversationId);
    }

    public void Remove(string conversationId)
    {
        State = State.Without(conversationId);
        conversations.Add(conversationId);
    }

    public void Put(FloorAgent agent)
    {
        State = State.With(agent);
        agents.Add(agent.Id);
    }

    /// <summary>The floor itself changed what it knows of a conversation.</summary>
    public void Advanced(Floor floor, IEnumerable<string> changed)
    {
        State = State with { Floor = floor };
        conversations.UnionWith(changed);
    }

    public void Do(Effect effect) => effects.Add(effect);

    public void Record(Journal.JournalEvent happened) => effects.Add(new Record(happened));

    public void TellConversation(string id, Command command) => effects.Add(new Tell(Grain.Conversation(id), command));

    public void TellAgent(string id, Command command) => effects.Add(new Tell(Grain.Agent(id), command));

    public Turn<QueueState> End()
    {
        if (ReferenceEquals(State, before) && effects.Count == 0)
            return Turn.Unchanged(before, Reply.Done);

        MoveOld();
        foreach (var id in conversations)
            effects.Add(Floor.Find(id) is { } waiting ? QueueEntries.Of(waiting) : new RemoveEntry(id));
        foreach (var id in agents)
            effects.Add(Floor.FindAgent(id) is { } agent ? QueueEntries.Of(agent) : new RemoveEntry(QueueEntries.KeyOfAgent(id)));

        State = State with { Waits = State.Waits.Counted(Now, someHadToWait && before.Pause is null && !IsClosed, before.AgentsThere) };
        NoteStrain();
        SetAlarm();
        return Turn.Of(State, Reply.Done, effects.DrainToImmutable());
    }

    private void NoteStrain()
    {
        var strain = QueueBehaviour.StrainOf(State, Now);
        if (strain is not null && State.Strain is null)
            Record(new QueueStrained(strain));
        else if (strain is null && State.Strain is not null)
            Record(new QueueRelieved());
        if (strain != State.Strain)
            State = State with { Strain = strain };
    }

    private void MoveOld()
    {
        if (State.Unmoved is not { } unmoved)
            return;
        agents.UnionWith(unmoved.Agents.Keys);
        conversations.UnionWith(unmoved.Offers.Values.Select(offer => offer.ConversationId));
        State = State with { Unmoved = null };
    }

    // An alarm that turns out too early does nothing but set the next, so it is not taken back when an offer is answered: making and
    // taking an offer writes no alarm at all while an older one is running.
    private void SetAlarm()
    {
        if (NextReview() is not { } wanted || State.ReviewAt <= wanted)
            return;

        // The store keeps whole microseconds; an alarm must not come before its time.
        var at = wanted.AddTicks((TimeSpan.TicksPerMicrosecond - (wanted.Ticks % TimeSpan.TicksPerMicrosecond)) % TimeSpan.TicksPerMicrosecond);
        State = State with { ReviewAt = at };
        effects.Add(new Wake(Alarm, at, new ReviewLine()));
    }

    /// <summary>When time alone may change something; null: never, as things are.</summary>
    private DateTimeOffset? NextReview()
    {
        if (GoesOn)
            return Now;
        var lease = State.Leases.IsEmpty ? (DateTimeOffset?)null : State.Leases[0].ExpiresAt;
        var strain = State.Strain is null ? (DateTimeOffset?)null : Now + QueueBehaviour.StrainReview;
        return Earlier(Earlier(lease, strain), State.Pause is null ? NextMatch() : null);
    }

    private DateTimeOffset? NextMatch()
    {
        var calendar = Policy.Terms.Calendar;
        if (Floor.Count == 0)
            return null;
        if (IsClosed)
            return State.AgentsThere > 0 ? BusinessTime.NextOpening(calendar, Now) : null;
        var someWait = State.AgentsThere > 0 && (State.Unoffered > 0 || Policy.OfferTo > 1);
        return Earlier(BusinessTime.NextClosing(calendar, Now), someWait ? Floor.NextChange(Now) : null);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
