using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Chaos.Actors;
using CustomerService.Simulation.Chaos.Checking;
using CustomerService.Simulation.Chaos.KnownBugs;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>What one play of a schedule came to.</summary>
/// <param name="Violation">Null when everything held.</param>
/// <param name="Host">As the play left it.</param>
internal sealed record PlayResult(InvariantViolationException? Violation, long Turns, ImmutableDictionary<string, long> Sightings, SimulatedHost Host);

/// <summary>Plays one schedule: a contact centre opens, people do things while things go wrong, and then everything comes to rest.</summary>
internal static class Play
{
    private static readonly TimeSpan SettlingLimit = TimeSpan.FromHours(2);
    private static readonly ImmutableArray<Deed> Deeds = [.. Customers.Deeds, .. Agents.Deeds, .. Staff.Deeds];
    private static readonly int AllWeights = Deeds.Sum(deed => deed.Weight);

    /// <param name="tell">Told what happens, line by line; null: nobody listens.</param>
    public static PlayResult Of(Schedule schedule, KnownBug? bug, Action<string>? tell = null)
    {
        var world = new ChaosWorld(schedule, bug);
        InvariantViolationException? violation = null;
        try
        {
            Open(world);
            world.Narrate(tell);
            foreach (var step in schedule.Steps)
                Step(world, step);
            Settle(world);
        }
        catch (InvariantViolationException found)
        {
            violation = found;
            world.Tell($"does not hold: {found.Message}");
        }

        return new PlayResult(violation, world.Host.Turns, Sightings.Of(world), world.Host);
    }

    private static void Open(ChaosWorld world)
    {
        world.Faults.AreOver = true;
        foreach (var queue in Cast.Queues)
            world.Send(Grain.Queue(queue), new ConfigureQueue(PolicyOf(world, queue)));
        foreach (var agent in Cast.Agents)
        {
            world.Send(Grain.Agent(agent), Cast.Configuration(agent));
            world.Send(Grain.Agent(agent), new SetPresence(Presences.Available));
        }

        ComeToRest(world);
        world.Faults.AreOver = false;
    }

    private static QueuePolicy PolicyOf(ChaosWorld world, string queue)
    {
        var policy = Cast.PolicyOf(queue);
        return policy with { Terms = policy.Terms with { Calendar = world.Calendars.ByQueue.GetValueOrDefault(queue) } };
    }

    private static void Step(ChaosWorld world, ulong step)
    {
        world.Dice.Reseed(step);
        var drawn = world.Dice.Below(AllWeights);
        foreach (var deed in Deeds)
        {
            drawn -= deed.Weight;
            if (drawn >= 0)
                continue;
            world.Tell(deed.Name);
            deed.Do(world);
            break;
        }

        // Mostly things come thick and fast; now and then enough time passes for leases, graces and snoozes to end.
        world.Host.RunFor(world.Dice.Below(10) switch
        {
            < 6 => world.Dice.UpTo(TimeSpan.FromSeconds(1)),
            < 9 => world.Dice.UpTo(TimeSpan.FromSeconds(15)),
            _ => world.Dice.UpTo(TimeSpan.FromMinutes(2)),
        });
    }

    /// <summary>Nothing goes wrong any more. First all that is under way ends; then everybody comes to work, and then they accept what they are offered.</summary>
    private static void Settle(ChaosWorld world)
    {
        world.Tell("nothing goes wrong any more, and what is under way ends");
        world.Faults.AreOver = true;
        world.Host.Time.WallError = TimeSpan.Zero;
        ComeToRest(world);
        Checker.Hold(world);

        world.Tell("everybody comes to work");
        foreach (var queue in Cast.Queues)
            world.Send(Grain.Queue(queue), new ResumeQueue("lead"));
        foreach (var agent in Cast.Agents.Select(Grain.Agent))
        {
            world.Send(agent, Cast.Configuration(agent.Key));
            Agents.Connect(world, agent.Key);
            world.Send(agent, new SetPresence(Presences.Available));
            world.Send(agent, new SignOfLife());
        }

        ComeToRest(world);
        Checker.Hold(world);

        Openings(world);

        world.Tell("everybody accepts what they are offered");
        foreach (var agent in Cast.Agents.Select(Grain.Agent))
        {
            foreach (var offer in world.View<AgentView>(agent, new GetAgent())?.Offers ?? [])
                world.Send(agent, new AcceptOffer(offer.OfferId));
        }

        ComeToRest(world);
        Checker.Hold(world);
    }

    /// <summary>Who waits for an opening is offered as it comes, and not before: everybody is there, and nothing goes wrong.</summary>
    private static void Openings(ChaosWorld world)
    {
        foreach (var queue in Cast.Queues)
        {
            if (world.HoursOf(queue).IsOpen(world.Host.Now) || world.HoursOf(queue).NextOpening(world.Host.Now) is not { } opening || opening - world.Host.Now > SettlingLimit)
                continue;
            world.Tell($"everybody waits for {queue} to open");
            // Grains' clocks may still be on their way back to the time; an alarm set minutes ago is off by as much of all that time.
            var slack = TimeSpan.FromMinutes(4) * OfferInvariants.Slew;
            while (world.Host.Now < opening)
                world.Host.RunFor(opening - world.Host.Now);
            world.Host.RunFor(slack);
            ComeToRest(world);
            Checker.Hold(world);
        }
    }

    private static void ComeToRest(ChaosWorld world)
    {
        var end = world.Host.Time.Elapsed + SettlingLimit;
        while (world.Outstanding > 0 || world.Host.Pending > 0 || !world.Host.IsUp)
        {
            if (world.Host.Time.Elapsed > end)
                throw new InvariantViolationException("everything comes to rest", $"after {SettlingLimit.TotalHours:0} hours {world.Outstanding} callers wait, and {world.Host.Pending} effects.");
            world.Host.RunFor(TimeSpan.FromMilliseconds(100));
        }

        world.Host.Flush();
    }
}
