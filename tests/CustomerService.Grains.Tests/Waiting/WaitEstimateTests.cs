using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tests.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Grains.Waiting;

namespace CustomerService.Grains.Tests.Waiting;

public sealed class WaitEstimateTests
{
    [Fact]
    public void NothingIsClaimed_BeforeAWaitHasEnded()
    {
        var queue = new TestQueue();
        queue.Enqueue("c-1");

        Assert.Null(queue.View.Wait);
        Assert.Null(queue.Ask<QueuePosition>(new GetPosition("c-1")).EstimatedWaitSeconds);
    }

    [Fact]
    public void Estimate_FollowsThePaceAndThePlace()
    {
        var queue = new TestQueue();
        foreach (var id in new[] { "c-1", "c-2", "c-3", "c-4", "c-5" })
            queue.Enqueue(id);

        // One agent takes one every 20 seconds.
        for (var offer = 1; offer <= 2; offer++)
        {
            queue.Ready("ada", units: 1);
            queue.Ready("ada", units: 0);
            queue.After(20);
            queue.Claim($"{offer}", "ada");
        }

        var third = queue.Ask<QueuePosition>(new GetPosition("c-3"));
        var fifth = queue.Ask<QueuePosition>(new GetPosition("c-5"));
        Assert.Equal((1, 20d), (third.Position, third.EstimatedWaitSeconds));
        Assert.Equal((3, 60d, 60d), (fifth.Position, fifth.EstimatedWaitSeconds, fifth.Wait!.P50));
        Assert.True(fifth.Wait.P90 > fifth.Wait.P50);
        Assert.Equal(80, queue.View.EstimatedWaitSeconds);
        Assert.Equal(WaitEstimators.QueueLength, queue.View.Wait!.Estimator);

        var all = queue.Ask<QueuePositions>(new GetPositions(["c-3", "c-5", "c-elsewhere"])).ByConversation;
        Assert.Equal([third, fifth], [all["c-3"], all["c-5"]]);
        Assert.Equal(2, all.Count);
    }

    [Fact]
    public void TwiceTheAgents_HalvesTheEstimate()
    {
        var queue = new TestQueue();
        foreach (var id in new[] { "c-1", "c-2", "c-3" })
            queue.Enqueue(id);
        queue.Ready("ada");
        queue.Ready("ada", units: 0);
        queue.After(20);
        queue.Claim("1", "ada");
        Assert.Equal(60, queue.View.EstimatedWaitSeconds);

        queue.Ready("bob", units: 0);
        Assert.Equal(30, queue.View.EstimatedWaitSeconds);

        // And with nobody there, nothing is claimed.
        queue.Gone("ada");
        queue.Gone("bob");
        Assert.Null(queue.View.Wait);
    }

    [Fact]
    public void SomebodyFree_MeansAsFastAsOffersAreTaken()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.After(4);
        queue.Claim("1", "ada");
        queue.Ready("ada");

        Assert.Equal(4, queue.View.EstimatedWaitSeconds);
    }

    [Fact]
    public void PausedQueue_ClaimsNothing_AndWhatItDelayedTeachesNothing()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.After(4);
        queue.Claim("1", "ada");
        queue.Enqueue("c-2");
        queue.Handle(new PauseQueue("lead", "outage"));
        Assert.Null(queue.View.Wait);
        queue.After(3600);
        queue.Handle(new ResumeQueue("lead"));
        queue.Ready("ada");
        queue.Claim("2", "ada");
        queue.Ready("ada");

        Assert.Equal(4, queue.View.EstimatedWaitSeconds);
    }

    [Fact]
    public void SkipIf_AsksTheEstimate()
    {
        var queue = new TestQueue();
        foreach (var id in new[] { "c-1", "c-2", "c-3" })
            queue.Enqueue(id);
        queue.Ready("ada");
        queue.Ready("ada", units: 0);
        queue.After(20);
        queue.Claim("1", "ada");

        Enqueue Joining(double most) => new("c-9", 0, queue.Now, []) { SkipIf = new SkipIf(false, false, false, null, most) };
        Assert.Single(queue.Enqueue(Joining(59)).Effects.Told<PassOn>(Grain.Conversation("c-9")));
        Assert.Empty(queue.Enqueue(Joining(61)).Effects.Told<PassOn>(Grain.Conversation("c-9")));
    }

    /// <summary>Random arrivals to the real queue: the announced wait is nearly as near as the nearest estimator, and the band holds what it says.</summary>
    [Theory]
    [InlineData(10, 0.95, 1e9, 1)]
    [InlineData(10, 1.05, 1e9, 2)]
    [InlineData(30, 0.97, 1e9, 3)]
    [InlineData(20, 1.2, 900, 4)]
    public void Announcements_AreNear_AndTheBandHoldsNineOfTen(int agents, double load, double patience, int seed)
    {
        var centre = new RandomCentre(agents, load, patience, seed);
        var waits = centre.Run(arrivals: 12_000).Skip(1_000).ToList();

        double Error(Func<AnnouncedWait, double> estimate) => Math.Sqrt(waits.Average(wait => Math.Pow(estimate(wait) - wait.Actual, 2)));
        var least = new[] { Error(wait => wait.QueueLength), Error(wait => wait.LastToEnter), Error(wait => wait.HeadOfLine) }.Min();
        Assert.True(Error(wait => wait.P50) <= 1.15 * least, $"{Error(wait => wait.P50)} against {least}");
        Assert.InRange(waits.Average(wait => wait.Actual <= wait.P90 ? 1d : 0), 0.87, 0.93);
        Assert.InRange(waits.Average(wait => wait.Actual <= wait.P50 ? 1d : 0), 0.45, 0.55);
    }
}
