using System.Numerics;

namespace CustomerService.Grains.Queues.Matching;

// Who gets whom.
internal sealed partial class FloorCore
{
    private readonly HashSet<Seat> holders = [];
    private readonly Bits reachable = new();

    /// <summary>The first in line whom this agent can take.</summary>
    public LineEntry? BestFor(string agentId, long now)
    {
        if (!seats.TryGetValue(agentId, out var seat) || seat.Pool is not { } pool)
            return null;
        MoveClock(now);
        var best = pool.Group.Delay == 0 ? FirstHead(pool) : FirstBelow(seat, now, isBlocked: false);
        if (best is not null && IsBlocked(best, seat, now))
            best = FirstBelow(seat, now, isBlocked: true);
        foreach (var held in seat.Held?.InOrder() ?? [])
        {
            if (pool.OpenChannels[held.Class.Channel.Index] && !held.IsOfferedTo(seat))
                return best is null || held.ComesBefore(best) ? held : best;
        }

        return best;
    }

    /// <summary>The agent for this conversation.</summary>
    public Seat? BestAgent(string conversationId, long now) => entries.TryGetValue(conversationId, out var entry) ? BestAgent(entry, now, except: null) : null;

    /// <summary>The first in line for whom there is an agent.</summary>
    public (LineEntry Entry, Seat Seat)? Next(long now)
    {
        MoveClock(now);
        (LineEntry Entry, Seat Seat)? best = null;
        foreach (var channel in channels)
        {
            reachable.Clear();
            foreach (var number in channel.LivePools.Numbers())
                reachable.Add(poolSlots[number].Group.FitClasses);
            reachable.KeepOnly(channel.LiveClasses);
            foreach (var index in reachable.Numbers())
                best = FirstTaken(classSlots[index], best, now);
        }

        foreach (var holder in holders)
            best = FirstTaken(holder.Held!.InOrder(), best, now);
        return best;
    }

    /// <summary>Since when those must wait at least whom agents with this delay take.</summary>
    private static long Until(long delay, long now) => delay == 0 ? long.MaxValue : now - delay;

    private (LineEntry Entry, Seat Seat)? FirstTaken(WaitingClass waitingClass, (LineEntry Entry, Seat Seat)? best, long now)
    {
        var head = classHeads[waitingClass.Index].Entry!;
        return best?.Entry.ComesBefore(head) == true || ShortestDelay(waitingClass) is not { } delay ? best
            : delay == 0 && BestAgent(head, now, except: null) is { } seat ? (head, seat)
            : FirstTaken(waitingClass.Line.InOrder(Until(delay, now)), best, now);
    }

    private (LineEntry Entry, Seat Seat)? FirstTaken(IEnumerable<LineEntry> some, (LineEntry Entry, Seat Seat)? best, long now)
    {
        foreach (var entry in some)
        {
            if (best is { } earlier && earlier.Entry.ComesBefore(entry))
                return best;
            if (BestAgent(entry, now, except: null) is { } seat)
                return (entry, seat);
        }

        return best;
    }

    /// <summary>Of those who fit a class and have room; null: nobody does.</summary>
    private long? ShortestDelay(WaitingClass waitingClass)
    {
        long? shortest = null;
        var fit = waitingClass.FitPools.Words;
        var live = waitingClass.Channel.LivePools.Words;
        for (var index = 0; index < Math.Min(fit.Length, live.Length); index++)
        {
            for (var word = fit[index] & live[index]; word != 0; word &= word - 1)
                shortest = Earlier(shortest, poolSlots[(index << 6) + BitOperations.TrailingZeroCount(word)].Group.Delay);
        }

        return shortest;
    }

    /// <summary>The first of the heads of all classes that fit a pool.</summary>
    private LineEntry? FirstHead(AgentPool pool)
    {
        var best = default(ClassHead);
        var fit = pool.Group.FitClasses.Words;
        foreach (var channel in channels)
        {
            if (!pool.OpenChannels[channel.Index])
                continue;
            var live = channel.LiveClasses.Words;
            for (var index = 0; index < Math.Min(fit.Length, live.Length); index++)
            {
                for (var word = fit[index] & live[index]; word != 0; word &= word - 1)
                {
                    ref readonly var head = ref classHeads[(index << 6) + BitOperations.TrailingZeroCount(word)];
                    if (best.Entry is null || head.ComesBefore(best))
                        best = head;
                }
            }
        }

        return best.Entry;
    }

    /// <summary>The same, below the heads: for a helper, who takes only those who have waited; and when a head is not for this agent.</summary>
    private LineEntry? FirstBelow(Seat seat, long now, bool isBlocked)
    {
        LineEntry? best = null;
        var pool = seat.Pool!;
        foreach (var index in pool.Group.FitClasses.Numbers())
        {
            var waitingClass = classSlots[index];
            if (classHeads[index].Entry is not { } head || !pool.OpenChannels[waitingClass.Channel.Index] || best?.ComesBefore(head) == true)
                continue;
            var until = Until(pool.Group.Delay, now);
            var first = isBlocked
                ? waitingClass.Line.InOrder(until).TakeWhile(entry => best is null || entry.ComesBefore(best)).FirstOrDefault(entry => !IsBlocked(entry, seat, now))
                : waitingClass.Line.First(until);
            if (first is not null && (best is null || first.ComesBefore(best)))
                best = first;
        }

        return best;
    }

    /// <summary>It is on offer to this agent already, or this agent let it go and somebody else can take it.</summary>
    private bool IsBlocked(LineEntry entry, Seat seat, long now) =>
        entry.IsOfferedTo(seat) || (entry.Conversation.LetGoBy == seat.Id && BestAgent(entry, now, except: seat) is not null);

    private Seat? BestAgent(LineEntry entry, long now, Seat? except)
    {
        var conversation = entry.Conversation;
        if (conversation.Pending.Length >= offerTo || conversation.NotBefore?.UtcTicks > now)
            return null;
        if (HeldFor(entry, now) is { } only)
            return only != except && only.Pool!.OpenChannels[entry.Class.Channel.Index] && !entry.IsOfferedTo(only) ? only : null;

        var letGo = conversation.LetGoBy is { } id ? seats.GetValueOrDefault(id) : null;
        var wishes = entry.Class.Asked.Wished.Length > 0;
        return (wishes ? BestAgent(entry, now, letGo, isWished: true) : null)
            ?? BestAgent(entry, now, letGo, isWished: false)
            ?? (letGo is not null && letGo != except && CanTake(letGo, entry, now) ? letGo : null);
    }

    private static bool CanTake(Seat seat, LineEntry entry, long now, bool whateverIsOffered = false) =>
        seat.Pool is { } pool && pool.Group.FitClasses[entry.Class.Index] && pool.OpenChannels[entry.Class.Channel.Index]
        && pool.Group.Helps(entry, now) && (whateverIsOffered || !entry.IsOfferedTo(seat));

    /// <summary>The best of the heads of all pools that fit, or of those with every wished skill.</summary>
    private Seat? BestAgent(LineEntry entry, long now, Seat? last, bool isWished)
    {
        var waitingClass = entry.Class;
        var fit = (isWished ? waitingClass.WishedPools : waitingClass.FitPools).Words;
        var live = waitingClass.Channel.LivePools.Words;
        var isMarked = last is not null || entry.Conversation.Pending.Length > 0;
        var (best, bestPool) = (default(AgentRank), default(AgentPool));
        for (var index = 0; index < Math.Min(fit.Length, live.Length); index++)
        {
            for (var word = fit[index] & live[index]; word != 0; word &= word - 1)
            {
                var number = (index << 6) + BitOperations.TrailingZeroCount(word);
                ref readonly var head = ref poolHeads[number];
                var pool = head.Seat.Pool!;
                if (bestPool is not null && !IsBetter(waitingClass, head, pool.Group, best, bestPool.Group))
                    continue;
                if (!pool.Group.Helps(entry, now))
                    continue;
                var rank = isMarked ? FirstUnmarked(pool, entry, last) : head;
                if (rank.Seat is not null && (bestPool is null || IsBetter(waitingClass, rank, pool.Group, best, bestPool.Group)))
                    (best, bestPool) = (rank, pool);
            }
        }

        return best.Seat;
    }

    private static AgentRank FirstUnmarked(AgentPool pool, LineEntry entry, Seat? last)
    {
        foreach (var rank in pool.Agents.Items())
        {
            if (rank.Seat != last && !entry.IsOfferedTo(rank.Seat))
                return rank;
        }

        return default;
    }

    private bool IsBetter(WaitingClass waitingClass, in AgentRank a, AgentGroup groupA, in AgentRank b, AgentGroup groupB)
    {
        if (policy.AgentOrder == AgentOrders.BestSkilled && CompareSkills(waitingClass, groupA, groupB) is not 0 and var bySkillFirst)
            return bySkillFirst < 0;
        if (a.CompareNumbers(b) is not 0 and var byNumbers)
            return byNumbers < 0;
        if (CompareSkills(waitingClass, groupA, groupB) is not 0 and var bySkill)
            return bySkill < 0;
        return string.CompareOrdinal(a.Seat.Id, b.Seat.Id) < 0;
    }

    private int CompareSkills(WaitingClass waitingClass, AgentGroup a, AgentGroup b)
    {
        if (a.Skills == b.Skills || waitingClass.Asked == Requirement.Nothing)
            return 0;
        var (matchA, matchB) = (MatchOf(waitingClass, a), MatchOf(waitingClass, b));
        return matchA.Score != matchB.Score ? matchB.Score.CompareTo(matchA.Score) : matchB.Levels.CompareTo(matchA.Levels);
    }

    private SkillMatch MatchOf(WaitingClass waitingClass, AgentGroup group) => SkillMatch.Of(waitingClass.Asked, group.Skills, policy.MatchThreshold);
}
