namespace CustomerService.Grains.Agents;

/// <summary>What is on a desk, offers and wrap-ups included, and what still fits.</summary>
internal sealed class Workload(int capacity, DeskPolicy policy)
{
    private readonly Dictionary<string, int> itemsByChannel = [];
    private readonly Dictionary<string, int> unitsByQueue = [];
    private int items;
    private int units;
    private bool hasExclusive;

    /// <summary>All that is on the agent's desk.</summary>
    public static Workload Of(AgentState state)
    {
        var load = Accepted(state);
        foreach (var offer in state.Offers.Where(offer => !offer.Claimed))
            load.Add(offer.Queue, offer.Channel, offer.Units);
        return load;
    }

    /// <summary>Only what the agent has accepted.</summary>
    public static Workload Accepted(AgentState state)
    {
        var load = new Workload(state.Capacity, state.Desk);
        foreach (var held in state.Conversations)
            load.Add(held.Queue, held.Channel, held.Units);
        foreach (var offer in state.Offers.Where(offer => offer.Claimed))
            load.Add(offer.Queue, offer.Channel, offer.Units);
        return load;
    }

    /// <summary>What fits besides, in units of any work; nothing beside exclusive work.</summary>
    public int FreeUnits => hasExclusive ? 0 : Math.Max(0, capacity - units);

    public int FreeUnitsFor(string queue) => policy.QueueUnits.TryGetValue(queue, out var most)
        ? Math.Clamp(most - unitsByQueue.GetValueOrDefault(queue), 0, FreeUnits)
        : FreeUnits;

    /// <summary>How many more of a channel's conversations fit, going by the channel's own limit.</summary>
    public int RoomFor(string channel) => policy.Channels.GetValueOrDefault(channel) switch
    {
        _ when hasExclusive => 0,
        null => FreeUnits,
        { Exclusive: true } limit => items == 0 ? Math.Min(1, limit.Max) : 0,
        { } limit => Math.Max(0, limit.Max - itemsByChannel.GetValueOrDefault(channel)),
    };

    public bool Fits(string queue, string? channel, int itsUnits) =>
        Math.Max(1, itsUnits) <= FreeUnitsFor(queue) && (channel is null || RoomFor(channel) > 0);

    public void Add(string? queue, string? channel, int itsUnits)
    {
        itsUnits = Math.Max(1, itsUnits);
        items++;
        units += itsUnits;
        if (queue is not null)
            unitsByQueue[queue] = unitsByQueue.GetValueOrDefault(queue) + itsUnits;
        if (channel is null)
            return;
        itemsByChannel[channel] = itemsByChannel.GetValueOrDefault(channel) + 1;
        hasExclusive |= policy.Channels.GetValueOrDefault(channel) is { Exclusive: true };
    }
}
