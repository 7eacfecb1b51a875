namespace CustomerService.Grains.Queues.Matching;

/// <summary>What the floor's core knows of one agent: who they are, if they told, and what this queue has for them.</summary>
internal sealed class Seat(string id)
{
    public string Id { get; } = id;

    /// <summary>Null: not on the floor.</summary>
    public FloorAgent? Agent { get; set; }

    /// <summary>This queue's pending offers to the agent.</summary>
    public List<SeatOffer> Offers { get; } = [];

    /// <summary>Who can be offered now to this agent only; null: nobody ever was.</summary>
    public Line? Held { get; set; }

    /// <summary>Everybody who prefers this agent; null: nobody ever did.</summary>
    public HashSet<LineEntry>? PreferredBy { get; set; }

    /// <summary>Null while the agent is not there.</summary>
    public AgentPool? Pool { get; set; }

    /// <summary>The place in the pool.</summary>
    public AgentRank Rank { get; set; }

    /// <summary>Units that can be filled now: as told, less this queue's offers that the agent had not seen then.</summary>
    public int FreeUnits { get; set; }

    /// <summary>Nothing would be lost without it.</summary>
    public bool IsVacant => Agent is null && Offers.Count == 0 && PreferredBy is not { Count: > 0 };

    public bool HasRoomFor(FloorChannel channel)
    {
        if (Agent is null || FreeUnits < channel.Units)
            return false;
        if (Agent.QueueUnits > 0 && Offers.Sum(offer => offer.Entry.Class.Channel.Units) + channel.Units > Agent.QueueUnits)
            return false;
        return channel.Name is null || Agent.Channels is null || !Agent.Channels.TryGetValue(channel.Name, out var more)
            || more > UnseenOn(channel);
    }

    /// <summary>How many pending offers on a channel the agent had not seen when they told what is free.</summary>
    private int UnseenOn(FloorChannel channel)
    {
        var count = 0;
        foreach (var offer in Offers)
            count += offer.Number > Agent!.SeenOffer && offer.Entry.Class.Channel == channel ? 1 : 0;
        return count;
    }
}

internal readonly record struct SeatOffer(long Number, LineEntry Entry);

/// <summary>The order of agents whose skills are alike: three numbers in the order that the policy says, the smaller first; then the id.</summary>
internal readonly record struct AgentRank(long First, long Second, long Third, Seat Seat) : IComparable<AgentRank>
{
    /// <summary>
    /// Who has no pending offer of this queue is idle longer than who has: without that, the longest idle would get everything at once.
    /// </summary>
    public static AgentRank Of(Seat seat, string agentOrder)
    {
        var (pending, idle, taken) = (seat.Offers.Count, seat.Agent!.IdleSince.UtcTicks, -seat.FreeUnits);
        return agentOrder == AgentOrders.LeastLoaded ? new AgentRank(taken, pending, idle, seat) : new AgentRank(pending, idle, taken, seat);
    }

    public int CompareTo(AgentRank other) =>
        CompareNumbers(other) is not 0 and var byNumbers ? byNumbers : string.CompareOrdinal(Seat.Id, other.Seat.Id);

    public int CompareNumbers(in AgentRank other) =>
        First != other.First ? First.CompareTo(other.First)
        : Second != other.Second ? Second.CompareTo(other.Second)
        : Third.CompareTo(other.Third);
}

/// <summary>Agents of the same skills and delay.</summary>
internal sealed class AgentGroup(Skillset skills, long delay, int index)
{
    public Skillset Skills { get; } = skills;

    /// <summary>How long those must have waited whom these agents help, in ticks; 0: they are no helpers.</summary>
    public long Delay { get; } = delay;

    public int Index { get; } = index;

    /// <summary>How many are there.</summary>
    public int Members { get; set; }

    /// <summary>The classes that the skills fit.</summary>
    public Bits FitClasses { get; } = new();

    /// <summary>Few: one for each mixture of channels that some of the agents have room for.</summary>
    public List<AgentPool> Pools { get; } = [];

    /// <summary>It has waited as long as these agents' help wants.</summary>
    public bool Helps(LineEntry entry, long now) => Delay == 0 || now - entry.Since >= Delay;
}

/// <summary>The agents of a group who have room for the same channels, in order.</summary>
internal sealed class AgentPool(AgentGroup group, Bits openChannels, int index)
{
    public AgentGroup Group { get; } = group;

    /// <summary>The channels for which there is room, by index.</summary>
    public Bits OpenChannels { get; } = openChannels;

    public int Index { get; } = index;

    public SortedBlocks<AgentRank> Agents { get; } = new();
}
