using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

// What readers see.
public sealed partial class QueueBehaviour
{
    /// <summary>How many of the first in line a view shows.</summary>
    public const int HeadLength = 20;

    /// <summary>A priority over this one counts as high.</summary>
    public const int NormalPriority = 5;

    private static QueueView View(QueueState state, DateTimeOffset now)
    {
        var floor = state.Floor;
        var (ready, units) = (0, 0);
        foreach (var agent in floor.Agents)
        {
            var free = floor.FreeUnitsOf(agent.Id);
            ready += free > 0 ? 1 : 0;
            units += free;
        }

        var high = floor.CountOver(NormalPriority);
        var wait = WaitOfNext(state, now);
        return new QueueView(
            state.Name,
            floor.Count,
            ImmutableDictionary.CreateRange([KeyValuePair.Create("high", high), KeyValuePair.Create("normal", floor.Count - high)]),
            floor.OldestSince(),
            ready,
            units,
            wait?.P50,
            floor.Head(HeadLength))
        {
            Wait = wait,
            AgentsPresent = state.AgentsThere,
            Offers = state.Leases.Count,
            Paused = state.Pause is { } pause ? $"{pause.By}: {pause.Reason}" : null,
            OpensAt = OpensAt(state, now),
            Strain = StrainOf(state, now),
            ArrivalsPerHour = Math.Round(state.Arrivals.AsOf(now).LatelyPerHour, 1),
            UsualArrivalsPerHour = Math.Round(state.Arrivals.AsOf(now).UsuallyPerHour, 1),
            Policy = state.Policy,
        };
    }

    private static QueuePosition Position(QueueState state, string conversationId, DateTimeOffset now)
    {
        if (state.Floor.Find(conversationId) is not { } waiting)
            return new QueuePosition(0, state.Floor.Count, null);
        var place = state.Floor.PlaceOf(conversationId);
        var wait = WaitOf(state, place, waiting, now);
        var opensAt = OpensAt(state, now);
        return new QueuePosition(place, state.Floor.Count, wait?.P50)
        {
            Wait = wait,
            OpensAt = opensAt,
            OffersCallback = opensAt is not null && waiting.CallbackTo is null && state.Policy.WhenClosed == QueuePolicy.OfferCallback,
        };
    }

    private static QueuePositions Positions(QueueState state, ImmutableArray<string> conversationIds, DateTimeOffset now) => new(
        conversationIds.OrEmpty().Distinct().Where(id => state.Floor.Find(id) is not null).ToImmutableDictionary(id => id, id => Position(state, id, now)));

    private static MatchView Explain(QueueState state, string conversationId, DateTimeOffset now)
    {
        var waiting = state.Floor.Find(conversationId);
        var match = state.Floor.Explain(conversationId, waiting?.Pending.Select(offer => offer.AgentId).FirstOrDefault(), now);
        return waiting is null ? match
            : state.Pause is { } pause ? match with { Why = $"Nothing is offered: {pause.By} paused the queue ({pause.Reason})." }
            : OpensAt(state, now) is { } opening ? match with { Why = Text($"Nothing is offered: the queue is closed until {opening:u}.") }
            : match;
    }
}
