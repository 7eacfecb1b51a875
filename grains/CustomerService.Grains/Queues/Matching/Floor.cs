using System.Collections.Immutable;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>
/// Who waits and who is there, in one queue; and who should get whom. A value: what is asked of a version of it is answered the same
/// however many versions came after. It is a function of the policy, the waiting conversations and the agents alone; time comes with each question.
/// Not for several threads at once, not even different versions of it.
/// </summary>
/// <remarks>
/// All versions share one mutable core (Baker's trick). The newest has it; each older one has the change that leads back from its next
/// version. A turn takes the newest, makes the next, and drops the old: then a change costs what it costs the core, and two small objects.
/// Whoever goes back to an older version, because a commit failed or a turn threw, carries the core back, at the cost of the
/// changes since; the versions that were newer can still be used the same way. An old version that is kept keeps all changes since alive.
/// </remarks>
public sealed class Floor
{
    private FloorCore? core;
    private FloorChange? back;
    private Floor? next;

    private Floor(FloorCore core) => this.core = core;

    public static Floor Of(QueuePolicy policy, IEnumerable<WaitingConversation> waiting, IEnumerable<FloorAgent> agents)
    {
        var core = new FloorCore(policy);
        foreach (var agent in agents)
            core.Set(agent.Id, agent);
        foreach (var conversation in waiting)
            core.Set(conversation.ConversationId, conversation);
        return new Floor(core);
    }

    public static Floor Empty(QueuePolicy policy) => Of(policy, [], []);

    public QueuePolicy Policy => Core.Policy;

    /// <summary>How many wait, offered ones included.</summary>
    public int Count => Core.Count;

    /// <summary>How many offers are pending.</summary>
    public int OfferCount => Core.OfferCount;

    /// <summary>How many agents are there, busy ones included.</summary>
    public int PresentCount => Core.PresentCount;

    /// <summary>How many agents have free units.</summary>
    public int ReadyCount => Core.ReadyCount;

    /// <summary>The free units of all agents.</summary>
    public int FreeUnits => Core.FreeUnits;

    /// <summary>A copy, in no order.</summary>
    public IEnumerable<FloorAgent> Agents => Core.Agents.ToList();

    private FloorCore Core => core ?? Recover();

    /// <summary>The same people under another policy; a new start, and as costly. Who was relaxed stays at that step.</summary>
    public Floor With(QueuePolicy policy) => Of(policy, Core.Conversations, Core.Agents);

    public WaitingConversation? Find(string conversationId) => Core.Find(conversationId);

    public FloorAgent? FindAgent(string agentId) => Core.FindAgent(agentId);

    /// <summary>The conversation that a pending offer is about; null when there is no such offer.</summary>
    public WaitingConversation? FindOffer(string offerId) => Core.FindOffer(offerId);

    /// <summary>From 1; 0 when it does not wait here.</summary>
    public int PlaceOf(string conversationId) => Core.PlaceOf(conversationId);

    /// <summary>The first of the line, at most <paramref name="count"/>.</summary>
    public ImmutableArray<WaitingConversation> Head(int count) => [.. Core.InOrder().Take(count)];

    /// <summary>How many have a priority over this one.</summary>
    public int CountOver(int priority) => Core.CountOver(priority);

    /// <summary>Since when the longest-waiting waits; null when nobody does.</summary>
    public DateTimeOffset? OldestSince() => Instant(Core.OldestSince());

    /// <summary>How many units of this agent can be filled now: what they told, less this queue's offers that they had not seen then.</summary>
    public int FreeUnitsOf(string agentId) => Core.FreeUnitsOf(agentId);

    /// <summary>Adds a conversation, or replaces what is known of it, its pending offers too.</summary>
    public Floor Put(WaitingConversation conversation, DateTimeOffset now)
    {
        Core.MoveClock(now.UtcTicks);
        return Changed(new ConversationChange(conversation.ConversationId, conversation));
    }

    public Floor Remove(string conversationId) => Find(conversationId) is null ? this : Changed(new ConversationChange(conversationId, null));

    public Floor Put(FloorAgent agent) => Changed(new AgentChange(agent.Id, agent));

    public Floor RemoveAgent(string agentId) => FindAgent(agentId) is null ? this : Changed(new AgentChange(agentId, null));

    /// <summary>The conversation that this agent should be offered now: the first in line of those that fit; null: none.</summary>
    public string? BestFor(string agentId, DateTimeOffset now) => Core.BestFor(agentId, now.UtcTicks)?.Id;

    /// <summary>The agent whom this conversation should be offered to now; null: none.</summary>
    public string? BestAgent(string conversationId, DateTimeOffset now) => Core.BestAgent(conversationId, now.UtcTicks)?.Id;

    /// <summary>The first conversation in line that fits anybody, and the agent whom it should be offered to now; null: there is none.</summary>
    public (string ConversationId, string AgentId)? Next(DateTimeOffset now) =>
        Core.Next(now.UtcTicks) is { } match ? (match.Entry.Id, match.Seat.Id) : null;

    /// <summary>Takes the relaxation steps that are due, and says who is now at which step. Steps that change nothing for a conversation are passed over.</summary>
    public (Floor Floor, ImmutableArray<(string ConversationId, int Step)> Relaxed) Advance(DateTimeOffset now)
    {
        var due = Core.DueRelaxations(now.UtcTicks);
        var floor = due.Aggregate(this, (floor, relaxed) => floor.Put(relaxed, now));
        return (floor, [.. due.Select(relaxed => (relaxed.ConversationId, relaxed.Relaxed))]);
    }

    /// <summary>
    /// When time alone may open a match: a relaxation step, the end of a helper's delay or of a preference, a <c>NotBefore</c>. Null: never.
    /// Not later than <paramref name="now"/> only when <see cref="Advance"/> has something to do.
    /// </summary>
    public DateTimeOffset? NextChange(DateTimeOffset now) => Instant(Core.NextChange(now.UtcTicks));

    /// <summary>Who was considered for a conversation, and who was skipped and why.</summary>
    /// <param name="chosen">The agent it is offered to; null: nobody.</param>
    public MatchView Explain(string conversationId, string? chosen, DateTimeOffset now) => Core.Explain(conversationId, chosen, now.UtcTicks);

    private static DateTimeOffset? Instant(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;

    private Floor Changed(FloorChange change)
    {
        var mine = Core;
        back = change.Apply(mine);
        core = null;
        return next = new Floor(mine);
    }

    /// <summary>Carries the core back to this version, and turns the changes around on the way.</summary>
    private FloorCore Recover()
    {
        var path = new Stack<Floor>();
        var newest = this;
        for (; newest.core is null; newest = newest.next!)
            path.Push(newest);
        while (path.TryPop(out var older))
        {
            var shared = newest.core!;
            newest.back = older.back!.Apply(shared);
            newest.next = older;
            newest.core = null;
            (older.core, older.back, older.next) = (shared, null, null);
            newest = older;
        }

        return core!;
    }
}

/// <summary>One step between two versions of a floor.</summary>
internal abstract record FloorChange
{
    /// <summary>Makes it, and returns what undoes it.</summary>
    public abstract FloorChange Apply(FloorCore core);
}

internal sealed record ConversationChange(string Id, WaitingConversation? Conversation) : FloorChange
{
    public override FloorChange Apply(FloorCore core) => new ConversationChange(Id, core.Set(Id, Conversation));
}

internal sealed record AgentChange(string Id, FloorAgent? Agent) : FloorChange
{
    public override FloorChange Apply(FloorCore core) => new AgentChange(Id, core.Set(Id, Agent));
}
