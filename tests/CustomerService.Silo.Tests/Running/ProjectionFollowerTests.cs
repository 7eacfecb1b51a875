using CustomerService.Grains;
using CustomerService.Grains.Reviews;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Running;
using CustomerService.Silo.Tests.Crm;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Tests.Running;

/// <summary>Tables that follow from the journal, in the only process there is.</summary>
public sealed class ProjectionFollowerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Review_IsFollowedAtOnce_ThoughNothingHappensInTheConversation()
    {
        await using var world = await FeedWorld.StartAsync();
        var followed = new TaskCompletionSource();
        var atRest = new TaskCompletionSource();
        var position = 0L;
        using var follower = new ProjectionFollower(
            "reviews", AdvanceAsync, world.Journal, new OnlyProcess(), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), new Random(7)),
            TimeProvider.System, NullLogger<ProjectionFollower>.Instance);
        await follower.StartAsync(default);
        await atRest.Task.WaitAsync(Patience);

        var card = new ReviewCard("service", [new ReviewQuestion("solved", "Was it settled?", 1, 1, AutoFail: false)]);
        var reply = await world.AskAsync(Grain.Reviews("c-1"), new GiveReview("sam", "ann", card, [new ReviewMark("solved", 1, null, null)], null, false));
        Assert.IsNotType<CustomerService.Grains.Turns.Refused>(reply);

        await followed.Task.WaitAsync(Patience);
        await follower.StopAsync(default);

        async Task<bool> AdvanceAsync(CancellationToken cancellation)
        {
            var entries = await world.Journal.ReadAllAsync(position, 100, cancellation);
            if (entries.Any(entry => entry.Event is ReviewGiven))
                followed.TrySetResult();
            if (entries is [.., var last])
                position = last.Position;
            else
                atRest.TrySetResult();
            return entries.Count > 0;
        }
    }
}
