using CustomerService.Reporting.FollowUps;

namespace CustomerService.Reporting.Tests.FollowUps;

public sealed class FollowUpWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Intents = ["order_status", "missing_item", "refund_status", "password_reset"];

    [Fact]
    public void WhatOftenFollows_IsTold_WithItsEvidence()
    {
        var watch = Learnt(seed: 1, after: 0.5);

        var next = watch.After("missing_item")!;

        Assert.Equal("refund_status", next.Intent);
        Assert.InRange(next.Probability, 0.4, 0.6);
        Assert.Equal($"of {next.Of} customers with missing_item, {next.CameBack} wrote about refund_status within 14 days", next.Evidence);
        Assert.Null(watch.After("password_reset"));
    }

    [Fact]
    public void Probability_IsWhatHappensToOthersLater()
    {
        var random = new Random(5);
        var watch = Learnt(seed: 2, after: 0.35);
        var told = watch.After("missing_item")!.Probability;
        var came = Enumerable.Range(0, 5_000).Count(_ => random.NextDouble() < 0.35) / 5_000.0;

        // Better than guessing by how common the intent is, and honest about how sure it is.
        Assert.True(LogLoss(told, came) < LogLoss(0.25, came));
        Assert.InRange(told, came - 0.08, came + 0.08);
    }

    [Fact]
    public void WhatFollowsEverythingAlike_IsNotTold()
    {
        var random = new Random(3);
        var watch = new FollowUpWatch();
        for (var n = 0; n < 4_000; n++)
            watch.Observe($"customer-{n % 1_000}", Intents[random.Next(2) == 0 ? 0 : random.Next(4)], Start.AddHours(n));

        Assert.All(Intents, intent => Assert.Null(watch.After(intent)));
    }

    [Fact]
    public void FewCases_TellNothing()
    {
        var watch = new FollowUpWatch();
        for (var n = 0; n < 20; n++)
        {
            watch.Observe($"customer-{n}", "missing_item", Start);
            watch.Observe($"customer-{n}", "refund_status", Start.AddDays(1));
        }

        Assert.Null(watch.After("missing_item"));
    }

    [Fact]
    public void WhoeverStaysAway_CountsToo_AndTheSameVisitIsOneMatter()
    {
        var watch = new FollowUpWatch();
        for (var n = 0; n < 100; n++)
        {
            watch.Observe($"customer-{n}", "order_status", Start);
            watch.Observe($"customer-{n}", "missing_item", Start.AddMinutes(5)); // the same visit
            if (n < 40)
                watch.Observe($"customer-{n}", "refund_status", Start.AddDays(2));
            watch.Observe($"other-{n}", "password_reset", Start);
        }

        watch.AdvanceTo(Start.AddDays(40));

        var next = watch.After("missing_item")!;
        Assert.Equal("refund_status", next.Intent);
        Assert.InRange((double)next.CameBack / next.Of, 0.35, 0.45); // older cases count less, so not forty of a hundred
        Assert.Null(watch.After("order_status"));
    }

    private static double LogLoss(double told, double came) => -(came * Math.Log(told) + (1 - came) * Math.Log(1 - told));

    private static FollowUpWatch Learnt(int seed, double after)
    {
        var random = new Random(seed);
        var watch = new FollowUpWatch();
        var events = new List<(DateTimeOffset At, string Customer, string Intent)>();
        for (var n = 0; n < 3_000; n++)
        {
            var at = Start.AddMinutes(30 * n);
            var intent = Intents[random.Next(4)];
            events.Add((at, $"customer-{n}", intent));
            if (intent == "missing_item" && random.NextDouble() < after)
                events.Add((at.AddDays(1 + random.Next(10)), $"customer-{n}", "refund_status"));
            else if (random.NextDouble() < 0.1)
                events.Add((at.AddDays(1 + random.Next(10)), $"customer-{n}", Intents[random.Next(4)]));
        }

        foreach (var (at, customer, intent) in events.OrderBy(each => each.At))
            watch.Observe(customer, intent, at);
        return watch;
    }
}
