using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos.Actors;

/// <summary>What supervisors and operators do, on purpose or not.</summary>
internal static class Staff
{
    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);

    public static ImmutableArray<Deed> Deeds { get; } =
    [
        new(2, "a supervisor configures an agent", Configure),
        new(2, "a supervisor transfers", world => world.Send(world.Conversation(), new Transfer(world.Dice.Pick(Cast.Queues), world.Dice.Below(11), "by hand", "lead"))),
        new(1, "a supervisor resolves", world => world.Send(world.Conversation(), new Resolve("lead"))),
        new(1, "a supervisor escalates", world => world.Send(world.Conversation(), new Escalate("lead", "complains"))),
        new(2, "a supervisor changes a priority", world => world.Send(world.Conversation(), new ChangePriority("lead", world.Dice.Below(11), "waits long"))),
        new(1, "a supervisor calls a transfer off", world => world.Send(world.Conversation(), new CancelTransfer("lead"))),
        new(1, "a supervisor fetches a snoozed conversation", world => world.Send(world.Conversation(), new Unsnooze("lead"))),
        new(1, "a supervisor closes a conversation", world => world.Send(world.Conversation(), new Close("lead"))),
        new(1, "a supervisor pauses a queue", Pause),
        new(2, "a supervisor resumes a queue", world => world.Send(Grain.Queue(world.Dice.Pick(Cast.Queues)), new ResumeQueue("lead"))),
        new(1, "somebody looks at a queue", world => world.Send(Grain.Queue(world.Dice.Pick(Cast.Queues)), new GetQueue())),
        new(2, "the machine's clock is set", SetClock),
        new(2, "the process is killed", Kill),
    ];

    private static void Configure(ChaosWorld world)
    {
        var agent = world.Dice.Pick(Cast.Agents);
        ImmutableArray<string> queues = world.Dice.Chance(0.5) ? Cast.Queues : [world.Dice.Pick(Cast.Queues)];
        world.Send(Grain.Agent(agent), new ConfigureAgent(agent, queues, Cast.SkillsOf(agent), world.Dice.Below(4)) { Desk = Cast.Desk });
    }

    private static void Pause(ChaosWorld world)
    {
        var queue = Grain.Queue(world.Dice.Pick(Cast.Queues));
        world.Send(queue, new PauseQueue("lead", "an outage"));
        world.Host.After(world.Dice.UpTo(TimeSpan.FromMinutes(3)), () => world.Send(queue, new ResumeQueue("lead")));
    }

    private static void Kill(ChaosWorld world)
    {
        if (world.Host.IsUp && world.Faults.Strikes(Fault.Killed))
            world.Host.Crash();
    }

    private static void SetClock(ChaosWorld world)
    {
        if (world.Host.Time.WallError != TimeSpan.Zero)
            return;
        var forward = world.Dice.Chance(0.5);
        if (!world.Faults.Strikes(forward ? Fault.ClockForward : Fault.ClockBack))
            return;
        world.Host.Time.WallError = forward ? Jump : -Jump;
        world.Host.After(world.Dice.UpTo(TimeSpan.FromMinutes(2)), () => world.Host.Time.WallError = TimeSpan.Zero);
    }
}
