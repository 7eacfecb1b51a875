
namespace CustomerService.Grains.Queues.Matching;

// Those who wait: in which class, and whether they can be offered from there now.
internal sealed partial class FloorCore
{
    // A cache; entries hold their own.
    private const int MostLadders = 4096;

    private readonly Dictionary<Requirement, Ladder> ladders = [];
    private readonly List<FloorChannel> channels = [];
    private readonly Dictionary<(Requirement Asked, FloorChannel Channel), WaitingClass> classes = [];
    private readonly Slots<WaitingClass> classSlots = new();
    private ClassHead[] classHeads = [];
    private int classesWithoutMembers;

    private Ladder LadderOf(WaitingConversation conversation)
    {
        if (ladders.Count > MostLadders)
            ladders.Clear();
        var asked = Requirement.Of(conversation.Needs, conversation.Skills);
        if (!ladders.TryGetValue(asked, out var ladder))
            ladders.Add(asked, ladder = Ladder.Of(policy.Relaxation, asked));
        return ladder;
    }

    private FloorChannel ChannelOf(string? name)
    {
        foreach (var known in channels)
        {
            if (known.Name == name)
                return known;
        }

        var channel = new FloorChannel(name, channels.Count, policy.UnitsOf(name));
        channels.Add(channel);
        foreach (var seat in seats.Values)
            Reseat(seat, seat.Pool?.Group);
        return channel;
    }

    private WaitingClass ClassOf(Requirement asked, FloorChannel channel)
    {
        if (classes.TryGetValue((asked, channel), out var known))
            return known;

        var created = new WaitingClass(asked, channel, classSlots.Next);
        classes.Add((asked, channel), created);
        classSlots.Take(created);
        classesWithoutMembers++;
        if (created.Index >= classHeads.Length)
            Array.Resize(ref classHeads, Math.Max(64, classHeads.Length * 2));
        foreach (var group in groupSlots.Used.Where(group => SkillMatch.Of(asked, group.Skills, policy.MatchThreshold).Fits))
        {
            group.FitClasses[created.Index] = true;
            foreach (var pool in group.Pools)
                Fit(created, pool);
        }

        return created;
    }

    private void Join(WaitingClass waitingClass)
    {
        if (waitingClass.Members++ == 0)
            classesWithoutMembers--;
    }

    private void Release(WaitingClass waitingClass)
    {
        if (--waitingClass.Members > 0)
            return;
        if (++classesWithoutMembers <= Slots.MostUnused + classes.Count / 2)
            return;
        foreach (var unused in classSlots.Used.Where(each => each.Members == 0).ToList())
        {
            foreach (var group in groupSlots.Used)
                group.FitClasses[unused.Index] = false;
            classes.Remove((unused.Asked, unused.Channel));
            classSlots.Free(unused.Index);
        }

        classesWithoutMembers = 0;
    }

    /// <summary>Puts one who waits where they can be offered from now, if anywhere.</summary>
    private void Place(LineEntry entry)
    {
        var heldFor = HeldFor(entry, clock);
        var target = entry.Conversation.Pending.Length >= offerTo || entry.Conversation.NotBefore?.UtcTicks > clock ? null
            : heldFor is null ? entry.Class.Line
            : heldFor.Held ??= new Line();
        if (target == entry.In)
            return;
        Leave(entry);
        entry.In = target;
        entry.HeldFor = target is null ? null : heldFor;
        target?.Add(entry);
        if (entry.HeldFor is not null)
            holders.Add(entry.HeldFor);
        if (target == entry.Class.Line)
            ShowHead(entry.Class);
    }

    private void Leave(LineEntry entry)
    {
        entry.In?.Remove(entry);
        if (entry.In == entry.Class.Line)
            ShowHead(entry.Class);
        if (entry.HeldFor is { Held.Count: 0 } seat)
            holders.Remove(seat);
        entry.In = null;
        entry.HeldFor = null;
    }

    private void ShowHead(WaitingClass waitingClass)
    {
        ref var head = ref classHeads[waitingClass.Index];
        var wasLive = head.Entry is not null;
        head = waitingClass.Line.First() is { } first ? new ClassHead(first.Key, first.Since, first) : default;
        if (head.Entry is not null != wasLive)
            waitingClass.Channel.LiveClasses[waitingClass.Index] = !wasLive;
    }

    /// <summary>
    /// The only agent whom a conversation may be offered to at an instant; null: everybody who fits. It is not kept for one who is away,
    /// who let it go, or whose skills do not fit: nobody waits for nothing.
    /// </summary>
    private Seat? HeldFor(LineEntry entry, long at)
    {
        var conversation = entry.Conversation;
        if (conversation.PreferredAgent is not { } preferred || preferred == conversation.LetGoBy || conversation.PreferredUntil?.UtcTicks <= at)
            return null;
        return seats.TryGetValue(preferred, out var seat) && seat.Pool is { } pool && pool.Group.FitClasses[entry.Class.Index] ? seat : null;
    }

    private void PlaceWhoPrefer(Seat seat)
    {
        foreach (var entry in seat.PreferredBy ?? [])
            Place(entry);
    }
}
