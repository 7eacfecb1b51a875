using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

/// <summary>Trouble is noticed while it builds up, once, and its end as well.</summary>
public sealed class QueueStrainTests
{
    private int joined;

    private static QueuePolicy Promising(double seconds) => new()
    {
        Terms = new() { Version = "", Targets = ImmutableDictionary<string, ServiceTargets>.Empty.Add(ServiceTargets.EveryTier, new(seconds, 0, 0)) },
    };

    /// <summary>One joins and is gone again, every so many seconds.</summary>
    private List<Effect> Arrive(TestQueue queue, int times, double every)
    {
        var effects = new List<Effect>();
        for (var n = 0; n < times; n++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"c-{++joined}");
            effects.AddRange(queue.Enqueue(id).Effects);
            effects.AddRange(queue.Handle(new Withdraw(id)).Effects);
            effects.AddRange(queue.Wait(every));
        }

        return effects;
    }

    [Fact]
    public void ManyMoreThanUsual_AreToldOnceWithBothRates()
    {
        var queue = new TestQueue();
        Assert.Empty(Arrive(queue, times: 120, every: 60).Recorded<QueueStrained>());

        var told = Assert.Single(Arrive(queue, times: 120, every: 5).Recorded<QueueStrained>());

        Assert.Matches("^[0-9]+ an hour join, usually [0-9]+$", told.Reason);
        Assert.NotNull(queue.View.Strain);
        Assert.InRange(queue.View.ArrivalsPerHour, 500, 720);
        Assert.InRange(queue.View.UsualArrivalsPerHour, 60, 300);
    }

    [Fact]
    public void EndOfARush_IsToldThoughNobodyComesAnyMore()
    {
        var queue = new TestQueue();
        Arrive(queue, times: 120, every: 60);
        Arrive(queue, times: 120, every: 5);

        var effects = queue.Wait(1_800);

        Assert.Single(effects.Recorded<QueueRelieved>());
        Assert.Null(queue.View.Strain);
        Assert.Null(queue.State.ReviewAt);
    }

    [Fact]
    public void WaitsLongerThanPromised_AreToldBeforeTheyWereWaited()
    {
        var queue = new TestQueue(Promising(seconds: 200) with { OfferSeconds = 1_000 });
        queue.Ready("ada");
        var effects = new List<Effect>();
        for (var n = 1; n <= 6; n++)
            effects.AddRange(queue.Enqueue($"c-{n}").Effects);
        Assert.Empty(effects.Recorded<QueueStrained>());

        // Each hundred seconds the agent takes one: of those who wait, the last will have waited far too long.
        for (var n = 1; n <= 2; n++)
        {
            queue.After(100);
            effects.AddRange(queue.Handle(new ClaimOffer(queue.State.Leases[0].OfferId, "ada")).Effects);
        }

        Assert.EndsWith("and 200 s are promised", Assert.Single(effects.Recorded<QueueStrained>()).Reason, StringComparison.Ordinal);
        Assert.Empty(effects.Recorded<QueueRelieved>());

        effects.Clear();
        foreach (var left in new[] { "c-6", "c-5", "c-4" })
            effects.AddRange(queue.Handle(new Withdraw(left)).Effects);
        Assert.Single(effects.Recorded<QueueRelieved>());
    }

    [Fact]
    public void PausedQueue_IsNotStrainedByItsOwnPause()
    {
        var queue = new TestQueue(Promising(seconds: 10));
        queue.Handle(new PauseQueue("lead", "the warehouse is down"));

        Assert.Empty(queue.Enqueue("c-1").Effects.Recorded<QueueStrained>());
        Assert.Null(queue.View.Strain);
    }
}
