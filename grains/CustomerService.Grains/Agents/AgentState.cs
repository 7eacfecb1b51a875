using System.Collections.Immutable;
using CustomerService.Grains.Queues;

namespace CustomerService.Grains.Agents;

/// <summary>A human agent's own record: who they are, whether they are there, and what is on their desk.</summary>
public sealed record AgentState
{
    public required string Id { get; init; }

    /// <summary>Whether anybody configured this agent.</summary>
    public bool Configured { get; init; }

    public string Name { get; init; } = "";

    public ImmutableArray<string> Queues { get; init; } = [];

    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>How many conversations and offers fit on the desk at once.</summary>
    public int Capacity { get; init; }

    /// <summary>One of <see cref="Presences"/>.</summary>
    public string Presence { get; init; } = Presences.Offline;

    /// <summary>Since when nothing new came and nothing ended; fair order among agents follows it.</summary>
    public DateTimeOffset IdleSince { get; init; }

    public ImmutableArray<AgentOffer> Offers { get; init; } = [];

    public ImmutableArray<HeldConversation> Conversations { get; init; } = [];

    /// <summary>By queue, the number of the last offer seen: offers come in order, so an older one is a repetition.</summary>
    public ImmutableDictionary<string, long> SeenOffers { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>What could still be put on the desk now.</summary>
    internal int FreeUnits => Presence == Presences.Available ? Math.Max(0, Capacity - Offers.Length - Conversations.Length) : 0;
}

/// <summary>A conversation that the agent holds, and the offer by which they got it.</summary>
public sealed record HeldConversation(string ConversationId, string OfferId)
{
    public string? Queue { get; init; }

    public string? Channel { get; init; }

    /// <summary>0 means 1.</summary>
    public int Units { get; init; }

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
