using System.Collections.Immutable;

namespace CustomerService.Grains.Queues;

/// <summary>
/// The line: higher priority first, then the longest wait. Immutable; the sorted sets know how many come before each, so that
/// joining, leaving and asking for a place cost O(log n) however long the line is.
/// </summary>
public sealed class WaitingLine
{
    private readonly ImmutableDictionary<string, WaitingConversation> all;
    private readonly ImmutableDictionary<string, string> offers;
    private readonly ImmutableSortedSet<Place> order;
    private readonly ImmutableSortedSet<Place> unoffered;

    private WaitingLine(
        ImmutableDictionary<string, WaitingConversation> all, ImmutableDictionary<string, string> offers,
        ImmutableSortedSet<Place> order, ImmutableSortedSet<Place> unoffered)
    {
        this.all = all;
        this.offers = offers;
        this.order = order;
        this.unoffered = unoffered;
    }

    public static WaitingLine Empty { get; } = new(
        ImmutableDictionary<string, WaitingConversation>.Empty, ImmutableDictionary<string, string>.Empty,
        ImmutableSortedSet<Place>.Empty, ImmutableSortedSet<Place>.Empty);

    /// <summary>How many wait, offered ones included.</summary>
    public int Count => order.Count;

    /// <summary>The first who is not on offer; null when there is none.</summary>
    public WaitingConversation? NextUnoffered => unoffered.IsEmpty ? null : all[unoffered[0].ConversationId];

    /// <summary>A line of many at once. <paramref name="offers"/>: conversation to pending offer.</summary>
    public static WaitingLine Of(IEnumerable<WaitingConversation> waiting, IEnumerable<KeyValuePair<string, string>> offers)
    {
        var all = waiting.ToImmutableDictionary(each => each.ConversationId);
        var pending = offers.Where(offer => all.ContainsKey(offer.Key)).ToImmutableDictionary();
        var order = all.Values.Select(Place.Of).ToImmutableSortedSet();
        return new WaitingLine(all, pending, order, order.Except(pending.Keys.Select(id => Place.Of(all[id]))));
    }

    public WaitingConversation? Find(string conversationId) => all.GetValueOrDefault(conversationId);

    /// <summary>The pending offer of a conversation; null when it is not on offer.</summary>
    public string? OfferOf(string conversationId) => offers.GetValueOrDefault(conversationId);

    /// <summary>From 1; 0 when it does not wait here.</summary>
    public int PlaceOf(string conversationId) => Find(conversationId) is { } waiting ? order.IndexOf(Place.Of(waiting)) + 1 : 0;

    /// <summary>Adds a conversation, or replaces what is known of it; an offer of it stays.</summary>
    public WaitingLine Put(WaitingConversation waiting)
    {
        var (id, place) = (waiting.ConversationId, Place.Of(waiting));
        var onOffer = offers.ContainsKey(id);
        var (rest, free) = (order, unoffered);
        if (Find(id) is { } old && Place.Of(old) != place)
            (rest, free) = (order.Remove(Place.Of(old)), unoffered.Remove(Place.Of(old)));
        return new WaitingLine(all.SetItem(id, waiting), offers, rest.Add(place), onOffer ? free : free.Add(place));
    }

    public WaitingLine Remove(string conversationId) => Find(conversationId) is not { } waiting
        ? this
        : new WaitingLine(
            all.Remove(conversationId), offers.Remove(conversationId), order.Remove(Place.Of(waiting)), unoffered.Remove(Place.Of(waiting)));

    /// <summary>Marks a waiting conversation as on offer.</summary>
    public WaitingLine Offer(string conversationId, string offerId) =>
        new(all, offers.SetItem(conversationId, offerId), order, unoffered.Remove(Place.Of(all[conversationId])));

    /// <summary>The conversation's offer ended and it still waits.</summary>
    public WaitingLine EndOffer(string conversationId) => Find(conversationId) is not { } waiting
        ? this
        : new WaitingLine(all, offers.Remove(conversationId), order, unoffered.Add(Place.Of(waiting)));

    /// <summary>The first of the line, at most <paramref name="count"/>.</summary>
    public ImmutableArray<WaitingConversation> Head(int count) => [.. order.Take(count).Select(place => all[place.ConversationId])];

    /// <summary>How many have a priority over this one.</summary>
    public int CountOver(int priority) => BeforePriority(priority);

    /// <summary>Since when the longest-waiting waits; null when nobody does.</summary>
    public DateTimeOffset? OldestSince()
    {
        // The first of each priority has waited longest among it, so one look per priority in use is enough.
        DateTimeOffset? oldest = null;
        for (var index = 0; index < order.Count; index = BeforePriority(order[index].Priority - 1))
        {
            if (oldest is null || order[index].Since < oldest)
                oldest = order[index].Since;
        }

        return oldest;
    }

    private int BeforePriority(int priority)
    {
        var index = order.IndexOf(new Place(priority, DateTimeOffset.MinValue, ""));
        return index < 0 ? ~index : index;
    }

    private readonly record struct Place(int Priority, DateTimeOffset Since, string ConversationId) : IComparable<Place>
    {
        public static Place Of(WaitingConversation waiting) => new(waiting.Priority, waiting.Since, waiting.ConversationId);

        public int CompareTo(Place other) =>
            other.Priority.CompareTo(Priority) is not 0 and var byPriority ? byPriority
            : Since.CompareTo(other.Since) is not 0 and var byAge ? byAge
            : string.CompareOrdinal(ConversationId, other.ConversationId);
    }
}
