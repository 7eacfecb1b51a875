using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

/// <summary>A human agent's own record: who they are, whether they are there, and what is on their desk.</summary>
public sealed record AgentState
{
    public required string Id { get; init; }

    /// <summary>Whether anybody configured this agent.</summary>
    public bool Configured { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The most important first: it hears first what is free.</summary>
    public ImmutableArray<string> Queues { get; init; } = [];

    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>Levels of skills, 1 to 5; a skill without one is at level 5.</summary>
    public ImmutableDictionary<string, int> Levels { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>How many units fit on the desk at once.</summary>
    public int Capacity { get; init; }

    public DeskPolicy Desk { get; init; } = new();

    /// <summary>The agent's choice, one of <see cref="Presences"/>.</summary>
    public string Presence { get; init; } = Presences.Offline;

    /// <summary>What the agent is doing, if they said so.</summary>
    public string? Activity { get; init; }

    public DateTimeOffset? PresenceSince { get; init; }

    /// <summary>The supervisor who set the presence, and why; null: the agent did.</summary>
    public ChosenByOther? PresenceBy { get; init; }

    /// <summary>What was last taken over from this desk; null: nothing since work came last.</summary>
    public TakenAway? TakenAway { get; init; }

    /// <summary>What the agent will be once the desk is empty; until then nothing new comes.</summary>
    public PlannedPresence? Next { get; init; }

    /// <summary>The agent's open connections, the oldest first.</summary>
    public ImmutableArray<OpenConnection> Connections { get; init; } = [];

    /// <summary>Since when the agent is away from the system: offline by choice, or their last connection lost. Null: they are there.</summary>
    public DateTimeOffset? GoneSince { get; init; }

    /// <summary>The lost connection did not come back in time.</summary>
    public bool Gone { get; init; }

    /// <summary>The last sign of life; kept only where idleness counts.</summary>
    public DateTimeOffset LastSign { get; init; }

    /// <summary>No sign of life for too long.</summary>
    public bool Idle { get; init; }

    /// <summary>How many offers in a row were left unanswered.</summary>
    public int MissedOffers { get; init; }

    /// <summary>For when the alarm that reviews presence is set. It may ring early, never late.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>Since when nothing new came and nothing ended; fair order among agents follows it.</summary>
    public DateTimeOffset IdleSince { get; init; }

    public ImmutableArray<AgentOffer> Offers { get; init; } = [];

    public ImmutableArray<HeldConversation> Conversations { get; init; } = [];

    /// <summary>So many questions lie on a desk at most; an older one gives way.</summary>
    public const int MaxConsults = 50;

    /// <summary>Colleagues' questions, oldest first.</summary>
    public ImmutableArray<AskedQuestion> Consults { get; init => field = value.OrEmpty(); } = [];

    /// <summary>By queue, the number of the last offer seen: offers come in order, so an older one is a repetition.</summary>
    public ImmutableDictionary<string, long> SeenOffers { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Whether new work may come, if it fits.</summary>
    internal bool TakesWork => Readiness.WhyNot(this) is null;

    /// <summary>Whether there is work that the agent has accepted.</summary>
    internal bool IsBusy => !Conversations.IsEmpty || Offers.Any(offer => offer.Claimed);

    /// <summary>What could still be put on the desk now.</summary>
    internal int FreeUnits => TakesWork ? Workload.Of(this).FreeUnits : 0;
}

/// <summary>What an agent wants to be when the desk is empty. <paramref name="By"/>: a supervisor who wants it; null: the agent.</summary>
public sealed record PlannedPresence(string Presence, string? Activity, string? By)
{
    /// <summary>What a supervisor said, why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A supervisor chose for the agent.</summary>
public sealed record ChosenByOther(string By, string? Reason);

/// <summary>A supervisor took a conversation over from the agent.</summary>
public sealed record TakenAway(string ConversationId, string By, string Why, DateTimeOffset At);

/// <param name="Until">Unless it is heard of again by then, it counts as lost; null: it holds until it is said to be lost.</param>
public sealed record OpenConnection(string Id, DateTimeOffset? Until);

/// <summary>A conversation that the agent holds, and the offer by which they got it.</summary>
public sealed record HeldConversation(string ConversationId, string OfferId)
{
    public string? Queue { get; init; }

    public string? Channel { get; init; }

    /// <summary>0 means 1.</summary>
    public int Units { get; init; }

    /// <summary>Since when it is on the desk.</summary>
    public DateTimeOffset? Since { get; init; }

    public WrapUpPolicy? WrapUp { get; init; }

    /// <summary>Set while the agent wraps up: since when.</summary>
    public DateTimeOffset? WrappingSince { get; init; }

    public string? CallbackTo { get; init; }
}

/// <summary>Whether an agent is there, in their own words.</summary>
public static class Presences
{
    public const string Available = "available";
    public const string Away = "away";
    public const string Offline = "offline";

    public static ImmutableArray<string> All { get; } = [Available, Away, Offline];
}
