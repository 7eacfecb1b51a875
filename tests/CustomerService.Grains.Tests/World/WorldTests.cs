using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerService.Grains.Tests.World;

/// <summary>
/// The grains together under orders of events that nobody would think of. A failure prints the schedule, shrunk, and its seed;
/// set <c>CUSTOMERSERVICE_SCHEDULES</c> to play more than the usual number of schedules.
/// </summary>
public sealed class WorldTests
{
    private static readonly int Schedules =
        int.TryParse(Environment.GetEnvironmentVariable("CUSTOMERSERVICE_SCHEDULES"), out var wanted) ? wanted : 300;

    [Fact]
    public void AnySchedule_LosesNothingAndStrandsNobody() =>
        Prop.ForAll(AnySchedule(), steps => Play(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(Schedules));

    [Fact]
    public void Schedules_ReachWhatTheyAreFor()
    {
        var random = new Random(17);
        var seen = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            foreach (var (_, happened) in Play([.. Enumerable.Range(0, 400).Select(_ => random.Next())]).Journal)
                seen.Add(happened is OfferEnded ended ? ended.Outcome : happened.GetType().Name);
        }

        string[] wanted =
        [
            nameof(MessageSent), nameof(RunCompleted), nameof(RunFailed), nameof(HandedOff), nameof(AgentAssigned), nameof(ConversationResolved),
            nameof(ConversationReopened), nameof(ConversationWithdrawn), nameof(Escalated), nameof(WrappedUp), nameof(CalledBack), nameof(ServiceBreached), "accepted", "rejected", "timed_out", "cancelled",
        ];
        Assert.Empty(wanted.Except(seen));
    }

    private static World Play(int[] steps)
    {
        var world = new World();
        var schedule = new WorldSchedule(world);
        schedule.Begin();
        foreach (var step in steps)
            schedule.Step(step);
        schedule.Settle();
        WorldInvariants.Hold(world, schedule);
        schedule.AcceptAll();
        schedule.Settle();
        WorldInvariants.Hold(world, schedule);
        return world;
    }

    private static Arbitrary<int[]> AnySchedule() =>
        Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf().Resize(400), Shorter);

    /// <summary>The schedule without one of its parts, large parts first.</summary>
    private static IEnumerable<int[]> Shorter(int[] steps)
    {
        for (var part = steps.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < steps.Length; start += part)
                yield return [.. steps[..start], .. steps[Math.Min(start + part, steps.Length)..]];
        }
    }
}
