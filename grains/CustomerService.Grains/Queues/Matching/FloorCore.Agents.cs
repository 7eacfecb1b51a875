
namespace CustomerService.Grains.Queues.Matching;

// Agents: in which pool, at which place.
internal sealed partial class FloorCore
{
    private readonly Dictionary<(Skillset Skills, long Delay), AgentGroup> groups = [];
    private readonly Dictionary<long, int> delays = [];
    private readonly Slots<AgentGroup> groupSlots = new();
    private readonly Slots<AgentPool> poolSlots = new();
    private readonly Bits open = new();
    private AgentRank[] poolHeads = [];
    private int groupsWithoutMembers;

    /// <summary>How many agents are there.</summary>
    public int PresentCount { get; private set; }

    /// <summary>How many have free units.</summary>
    public int ReadyCount { get; private set; }

    /// <summary>All free units, for work of this queue.</summary>
    public int FreeUnits { get; private set; }

    /// <summary>The group of an agent as told now; null: not there.</summary>
    private AgentGroup? GroupOf(FloorAgent? before, FloorAgent? agent, AgentGroup? group)
    {
        if (agent is not { IsThere: true })
            return null;
        var unchanged = before is not null && before.Skills == agent.Skills && ReferenceEquals(before.Levels, agent.Levels)
            && before.DelaySeconds.Equals(agent.DelaySeconds);
        if (unchanged && group is not null)
            return group;
        var (skills, delay) = (Skillset.Of(agent), Seconds.Ticks(agent.DelaySeconds));
        if (groups.TryGetValue((skills, delay), out var known))
            return known;

        groups.Add((skills, delay), known = new AgentGroup(skills, delay, groupSlots.Next));
        groupSlots.Take(known);
        groupsWithoutMembers++;
        foreach (var waitingClass in classSlots.Used)
            known.FitClasses[waitingClass.Index] = SkillMatch.Of(waitingClass.Asked, skills, policy.MatchThreshold).Fits;
        return known;
    }

    /// <summary>Puts an agent where they belong now.</summary>
    private void Reseat(Seat seat, AgentGroup? group)
    {
        var (oldPool, oldRank, oldUnits) = (seat.Pool, seat.Rank, seat.FreeUnits);
        seat.Pool = null;
        seat.FreeUnits = 0;
        if (group is not null)
        {
            seat.FreeUnits = seat.Agent!.FreeUnits;
            foreach (var offer in seat.Offers)
                seat.FreeUnits -= offer.Number > seat.Agent.SeenOffer ? offer.Entry.Class.Channel.Units : 0;
            open.Clear();
            foreach (var channel in channels)
                open[channel.Index] = seat.HasRoomFor(channel);
            seat.Pool = oldPool?.Group == group && oldPool.OpenChannels.HasSame(open) ? oldPool : PoolOf(group);
            seat.Rank = AgentRank.Of(seat, policy.AgentOrder);
        }

        FreeUnits += Math.Max(0, seat.FreeUnits) - Math.Max(0, oldUnits);
        ReadyCount += (seat.FreeUnits > 0 ? 1 : 0) - (oldUnits > 0 ? 1 : 0);
        if (seat.Pool == oldPool && seat.Rank == oldRank)
            return;

        // In before out: a group that is both old and new is not empty in between.
        if (seat.Pool is not null)
            Enter(seat.Pool, seat.Rank);
        if (oldPool is not null)
            Leave(oldPool, oldRank);
    }

    private void Enter(AgentPool pool, in AgentRank rank)
    {
        PresentCount++;
        if (pool.Group.Members++ == 0)
        {
            groupsWithoutMembers--;
            if (pool.Group.Delay > 0)
                delays[pool.Group.Delay] = delays.GetValueOrDefault(pool.Group.Delay) + 1;
        }

        pool.Agents.Add(rank);
        ShowHead(pool);
    }

    private void Leave(AgentPool pool, in AgentRank rank)
    {
        PresentCount--;
        pool.Agents.Remove(rank);
        ShowHead(pool);
        if (--pool.Group.Members > 0)
            return;
        if (pool.Group.Delay > 0 && --delays[pool.Group.Delay] == 0)
            delays.Remove(pool.Group.Delay);
        if (++groupsWithoutMembers > Slots.MostUnused + groups.Count / 2)
            ForgetGroups();
    }

    private void ShowHead(AgentPool pool)
    {
        var isLive = pool.Agents.Count > 0;
        var wasLive = poolHeads[pool.Index].Seat is not null;
        poolHeads[pool.Index] = isLive ? pool.Agents.First : default;
        if (isLive == wasLive)
            return;
        foreach (var channel in channels)
        {
            if (pool.OpenChannels[channel.Index])
                channel.LivePools[pool.Index] = isLive;
        }
    }

    /// <summary>The pool of a group for the channels in <see cref="open"/>.</summary>
    private AgentPool PoolOf(AgentGroup group)
    {
        foreach (var known in group.Pools)
        {
            if (known.OpenChannels.HasSame(open))
                return known;
        }

        var pool = new AgentPool(group, open.Copy(), poolSlots.Next);
        poolSlots.Take(pool);
        group.Pools.Add(pool);
        if (pool.Index >= poolHeads.Length)
            Array.Resize(ref poolHeads, Math.Max(64, poolHeads.Length * 2));
        foreach (var index in group.FitClasses.Numbers())
            Fit(classSlots[index], pool);
        return pool;
    }

    private static void Fit(WaitingClass waitingClass, AgentPool pool)
    {
        waitingClass.FitPools[pool.Index] = true;
        waitingClass.WishedPools[pool.Index] = waitingClass.Asked.Wished.All(skill => pool.Group.Skills.LevelOf(skill) > 0);
    }

    private void ForgetGroups()
    {
        foreach (var group in groupSlots.Used.Where(group => group.Members == 0).ToList())
        {
            foreach (var pool in group.Pools)
            {
                foreach (var index in group.FitClasses.Numbers())
                {
                    classSlots[index].FitPools[pool.Index] = false;
                    classSlots[index].WishedPools[pool.Index] = false;
                }

                poolSlots.Free(pool.Index);
            }

            groups.Remove((group.Skills, group.Delay));
            groupSlots.Free(group.Index);
        }

        groupsWithoutMembers = 0;
    }
}
