using CustomerService.Grains.Agents;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>I4, the agents' half: at every commit, nothing is put on a desk that has no room for it.</summary>
internal static class DeskInvariants
{
    public static void NothingIsPutOnAFullDesk(AgentView? before, AgentView after)
    {
        // What was accepted stays when capacity is made smaller, so only more than before is too much.
        var load = Units(after);
        if (load > Math.Max(after.Capacity, before is null ? 0 : Units(before)))
            throw new InvariantViolationException("no desk is overfull", $"{after.Id} has {load} units of {after.Capacity}.");

        foreach (var (channel, limits) in after.Desk?.Channels ?? [])
        {
            var count = Count(after, channel);
            if (count > Math.Max(limits.Max, before is null ? 0 : Count(before, channel)))
                throw new InvariantViolationException("no channel of a desk is overfull", $"{after.Id} has {count} of {channel}, and at most {limits.Max}.");
            if (limits.Exclusive && count > 0 && Items(after) > Math.Max(1, before is null ? 0 : Items(before)))
                throw new InvariantViolationException("an exclusive channel wants the whole desk", $"{after.Id} has {Items(after)} things on the desk, one of them {channel}.");
        }
    }

    private static int Units(AgentView desk) => desk.Offers.Sum(offer => Math.Max(1, offer.Units)) + desk.OnDesk().Sum(held => Math.Max(1, held.Units));

    private static int Count(AgentView desk, string channel) => desk.Offers.Count(offer => offer.Channel == channel) + desk.OnDesk().Count(held => held.Channel == channel);

    private static int Items(AgentView desk) => desk.Offers.Length + desk.OnDesk().Length;
}
