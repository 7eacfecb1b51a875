using System.Collections.Immutable;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>
/// The one mutable structure behind all versions of a <see cref="Floor"/>. Those who wait stand in classes (what is asked × channel), agents in
/// pools (skills × delay × channels with room); which classes and pools fit is computed when either is new, and kept as bits. So a free agent
/// costs one look at the head of each class that fits, a conversation one at the head of each pool, however many stand behind the heads.
/// </summary>
internal sealed partial class FloorCore(QueuePolicy policy)
{
    private readonly LineOrder order = LineOrder.Of(policy);
    private readonly int offerTo = Math.Max(1, policy.OfferTo);
    private readonly Dictionary<string, LineEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LineEntry> offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Seat> seats = new(StringComparer.Ordinal);
    private readonly Line line = new();

    public QueuePolicy Policy => policy;

    public int Count => entries.Count;

    public int OfferCount => offers.Count;

    public IEnumerable<WaitingConversation> Conversations => entries.Values.Select(entry => entry.Conversation);

    public IEnumerable<FloorAgent> Agents => seats.Values.Where(seat => seat.Agent is not null).Select(seat => seat.Agent!);

    public WaitingConversation? Find(string conversationId) => entries.GetValueOrDefault(conversationId)?.Conversation;

    public WaitingConversation? FindOffer(string offerId) => offers.GetValueOrDefault(offerId)?.Conversation;

    public FloorAgent? FindAgent(string agentId) => seats.GetValueOrDefault(agentId)?.Agent;

    public int FreeUnitsOf(string agentId) => seats.GetValueOrDefault(agentId) is { Pool: not null } seat ? Math.Max(0, seat.FreeUnits) : 0;

    public int PlaceOf(string conversationId) => entries.TryGetValue(conversationId, out var entry) ? line.PlaceOf(entry, order) : 0;

    public IEnumerable<WaitingConversation> InOrder() => line.InOrder().Select(entry => entry.Conversation);

    public int CountOver(int priority) => line.CountOver(priority);

    public long? OldestSince() => line.OldestSince();

    /// <summary>Puts (or, when null, removes) a conversation. Returns what was there.</summary>
    public WaitingConversation? Set(string id, WaitingConversation? conversation)
    {
        var old = entries.GetValueOrDefault(id);
        var before = old?.Conversation;
        if (conversation is null)
        {
            if (old is not null)
            {
                Detach(old);
                entries.Remove(id);
            }
        }
        else if (old is not null && StandsTheSame(old.Conversation, conversation))
        {
            Update(old, conversation);
        }
        else
        {
            var entry = NewEntry(conversation);
            if (old is not null)
                Detach(old);
            entries[id] = entry;
            Attach(entry);
        }

        return before;
    }

    /// <summary>Puts (or, when null, removes) an agent. Returns what was there.</summary>
    public FloorAgent? Set(string id, FloorAgent? agent)
    {
        var seat = agent is null ? seats.GetValueOrDefault(id) : SeatOf(id);
        var before = seat?.Agent;
        if (seat is null)
            return before;
        seat.Agent = agent;
        var group = seat.Pool?.Group;
        Reseat(seat, GroupOf(before, agent, group));
        if (seat.Pool?.Group != group)
            PlaceWhoPrefer(seat);
        Vacate(seat);
        return before;
    }

    private static bool StandsTheSame(WaitingConversation a, WaitingConversation b) =>
        a.Priority == b.Priority && a.Since == b.Since && a.Channel == b.Channel && a.Relaxed == b.Relaxed
        && a.PreferredAgent == b.PreferredAgent && a.PreferredUntil == b.PreferredUntil && a.NotBefore == b.NotBefore
        && SameItems(a.Needs, b.Needs) && SameItems(a.Skills, b.Skills);

    private static bool SameItems<T>(ImmutableArray<T> a, ImmutableArray<T> b)
        where T : IEquatable<T> => a == b || a.AsSpan().SequenceEqual(b.AsSpan());

    private LineEntry NewEntry(WaitingConversation conversation)
    {
        var ladder = LadderOf(conversation);
        var waitingClass = ClassOf(ladder.At(conversation.Relaxed), ChannelOf(conversation.Channel));
        Join(waitingClass);
        return new LineEntry(conversation, order.Key(conversation.Priority, conversation.Since.UtcTicks), waitingClass, ladder);
    }

    private void Attach(LineEntry entry)
    {
        line.Add(entry);
        AddOffers(entry);
        if (entry.Conversation.PreferredAgent is { } preferred)
            (SeatOf(preferred).PreferredBy ??= []).Add(entry);
        Schedule(entry);
        Place(entry);
    }

    private void Detach(LineEntry entry)
    {
        Leave(entry);
        Unschedule(entry);
        if (entry.Conversation.PreferredAgent is { } preferred && seats.TryGetValue(preferred, out var seat))
        {
            seat.PreferredBy?.Remove(entry);
            Vacate(seat);
        }

        RemoveOffers(entry);
        line.Remove(entry);
        Release(entry.Class);
    }

    /// <summary>Offers came or ended, or somebody let it go; its place is the same.</summary>
    private void Update(LineEntry entry, WaitingConversation conversation)
    {
        var sameOffers = SameItems(entry.Conversation.Pending, conversation.Pending);
        if (!sameOffers)
            RemoveOffers(entry);
        entry.Conversation = conversation;
        if (!sameOffers)
            AddOffers(entry);
        Place(entry);
    }

    private void AddOffers(LineEntry entry)
    {
        foreach (var offer in entry.Conversation.Pending)
        {
            offers[offer.OfferId] = entry;
            var seat = SeatOf(offer.AgentId);
            seat.Offers.Add(new SeatOffer(OfferIds.NumberOf(offer.OfferId), entry));
            Reseat(seat, seat.Pool?.Group);
        }
    }

    private void RemoveOffers(LineEntry entry)
    {
        foreach (var offer in entry.Conversation.Pending)
        {
            if (offers.TryGetValue(offer.OfferId, out var known) && known == entry)
                offers.Remove(offer.OfferId);
            if (!seats.TryGetValue(offer.AgentId, out var seat))
                continue;
            seat.Offers.Remove(new SeatOffer(OfferIds.NumberOf(offer.OfferId), entry));
            Reseat(seat, seat.Pool?.Group);
            Vacate(seat);
        }
    }

    private Seat SeatOf(string agentId)
    {
        if (!seats.TryGetValue(agentId, out var seat))
            seats.Add(agentId, seat = new Seat(agentId));
        return seat;
    }

    private void Vacate(Seat seat)
    {
        if (seat.IsVacant)
            seats.Remove(seat.Id);
    }
}
