using System.Collections.Immutable;

namespace CustomerService.Grains.Queues.Matching;

// Why somebody gets whom: the same rules as in matching, said for each agent of note. The cost is a look at each pool, not at each agent.
internal sealed partial class FloorCore
{
    // However many fit, so many of the skipped are shown too: they are who is asked about.
    private const int SkippedShown = 3;

    public MatchView Explain(string conversationId, string? chosen, long now)
    {
        if (!entries.TryGetValue(conversationId, out var entry))
            return new MatchView("", [], null, "It does not wait here.", [], 0);

        var chosenSeat = chosen is null ? null : seats.GetValueOrDefault(chosen);
        var (fitting, fittingCount) = Fitting(entry, now);
        var skipped = Skipped(entry, now, LetGoBy(entry) is { } letGo && !fitting.Contains(letGo) ? letGo : null);
        skipped.Remove(chosenSeat!);
        fitting.Remove(chosenSeat!);
        var first = chosenSeat is null ? 0 : 1;
        var fits = fitting.Take(MatchView.MaxListed - first - Math.Min(skipped.Count, SkippedShown)).ToList();
        var skips = skipped.Take(MatchView.MaxListed - first - fits.Count).ToList();

        var listed = ImmutableArray.CreateBuilder<ConsideredAgent>();
        if (chosenSeat is not null)
            listed.Add(Considered(entry, chosenSeat, "chosen", MatchWords.OfAgent(entry, chosenSeat)));
        foreach (var seat in fits)
            listed.Add(Considered(entry, seat, "fits", MatchWords.OfAgent(entry, seat)));
        foreach (var seat in skips)
            listed.Add(Considered(entry, seat, "skipped", WhySkipped(entry, seat, now)));
        return new MatchView(
            MatchWords.Wanted(entry.Class.Asked),
            MatchWords.Relaxed(entry, policy.Relaxation),
            chosen,
            chosen is null ? MatchWords.Nobody(PresentCount, fittingCount) : MatchWords.Chosen(entry, chosenSeat, policy.AgentOrder, fittingCount),
            listed.ToImmutable(),
            Math.Max(0, PresentCount - listed.Count));
    }

    private Seat? LetGoBy(LineEntry entry) => entry.Conversation.LetGoBy is { } id ? seats.GetValueOrDefault(id) : null;

    /// <summary>The first of those who could take it now, best first, and how many there are.</summary>
    private (List<Seat> First, int Count) Fitting(LineEntry entry, long now)
    {
        if (!IsOnOffer(entry, now))
            return ([], 0);
        if (HeldFor(entry, now) is { } only)
            return CanBeOffered(only, entry) ? ([only], 1) : ([], 0);

        var letGo = LetGoBy(entry);
        var (first, count) = (new List<Seat>(), 0);
        foreach (var index in entry.Class.FitPools.Numbers())
        {
            var pool = poolSlots[index];
            if (!pool.OpenChannels[entry.Class.Channel.Index] || !pool.Group.Helps(entry, now))
                continue;
            count += pool.Agents.Count;
            Collect(first, pool.Agents.Items().Select(rank => rank.Seat).Where(seat => seat != letGo && !entry.IsOfferedTo(seat)), (a, b) => ComesBefore(entry, a, b));
        }

        count -= entry.Conversation.Pending.Select(offer => offer.AgentId).Append(entry.Conversation.LetGoBy).OfType<string>().Distinct()
            .Count(id => seats.TryGetValue(id, out var seat) && CanTake(seat, entry, now, whateverIsOffered: true));
        return first.Count == 0 && letGo is not null && CanTake(letGo, entry, now) ? ([letGo], 1) : (first, count);
    }

    /// <summary>The first of those who are there and could not, nearest skills first.</summary>
    private List<Seat> Skipped(LineEntry entry, long now, Seat? letGo)
    {
        var first = new List<Seat>();
        var only = HeldFor(entry, now);
        var isClosed = !IsOnOffer(entry, now) || only is not null;
        foreach (var pool in poolSlots.Used.Where(pool => pool.Agents.Count > 0))
        {
            var isSkipped = isClosed || !entry.Class.FitPools[pool.Index] || !pool.OpenChannels[entry.Class.Channel.Index]
                || !pool.Group.Helps(entry, now);
            if (isSkipped)
                Collect(first, pool.Agents.Items().Select(rank => rank.Seat).Where(seat => seat != only || !IsOnOffer(entry, now) || !CanBeOffered(seat, entry)), (a, b) => IsNearer(entry, a, b));
        }

        if (!isClosed)
        {
            var marked = entry.Conversation.Pending.Select(offer => seats.GetValueOrDefault(offer.AgentId)).Append(letGo).OfType<Seat>().Distinct();
            foreach (var seat in marked.Where(seat => CanTake(seat, entry, now, whateverIsOffered: true)))
                Collect(first, [seat], (a, b) => IsNearer(entry, a, b));
        }

        return first;
    }

    /// <summary>Merges some, who come in order, into the first ten of all.</summary>
    private static void Collect(List<Seat> first, IEnumerable<Seat> some, Func<Seat, Seat, bool> comesBefore)
    {
        foreach (var seat in some)
        {
            var at = first.Count;
            while (at > 0 && comesBefore(seat, first[at - 1]))
                at--;
            if (at == MatchView.MaxListed)
                return;
            first.Insert(at, seat);
            if (first.Count > MatchView.MaxListed)
                first.RemoveAt(MatchView.MaxListed);
        }
    }

    private bool ComesBefore(LineEntry entry, Seat a, Seat b)
    {
        var (wishedA, wishedB) = (entry.Class.WishedPools[a.Pool!.Index], entry.Class.WishedPools[b.Pool!.Index]);
        return wishedA != wishedB ? wishedA : IsBetter(entry.Class, a.Rank, a.Pool.Group, b.Rank, b.Pool.Group);
    }

    private bool IsNearer(LineEntry entry, Seat a, Seat b)
    {
        var bySkill = a.Pool!.Group == b.Pool!.Group ? 0 : MatchOf(entry.Class, b.Pool.Group).Score.CompareTo(MatchOf(entry.Class, a.Pool.Group).Score);
        return bySkill != 0 ? bySkill < 0 : a.Rank.CompareTo(b.Rank) < 0;
    }

    private bool IsOnOffer(LineEntry entry, long now) => entry.Conversation.Pending.Length < offerTo && !(entry.Conversation.NotBefore?.UtcTicks > now);

    private static bool CanBeOffered(Seat seat, LineEntry entry) => seat.Pool!.OpenChannels[entry.Class.Channel.Index] && !entry.IsOfferedTo(seat);

    private ConsideredAgent Considered(LineEntry entry, Seat seat, string verdict, string why) =>
        new(seat.Id, verdict, why, seat.Pool is null ? 0 : Math.Round(MatchOf(entry.Class, seat.Pool.Group).Score, 3));

    private string WhySkipped(LineEntry entry, Seat seat, long now)
    {
        var group = seat.Pool!.Group;
        if (entry.IsOfferedTo(seat))
            return "has an offer of it";
        if (!group.FitClasses[entry.Class.Index])
            return MatchWords.Lacking(entry.Class.Asked, group.Skills, policy.MatchThreshold);
        if (entry.Conversation.Pending.Length >= offerTo)
            return "it is on offer to another";
        if (entry.Conversation.NotBefore is { } notBefore && notBefore.UtcTicks > now)
            return MatchWords.NotBefore(notBefore);
        if (HeldFor(entry, now) is { } only && only != seat)
            return MatchWords.Kept(only.Id, entry.Conversation.PreferredUntil);
        if (HeldFor(entry, now) is null && !group.Helps(entry, now))
            return MatchWords.Helper(group.Delay);
        return seat.HasRoomFor(entry.Class.Channel) ? "let it go before" : MatchWords.NoRoom(entry.Class.Channel, seat);
    }
}
