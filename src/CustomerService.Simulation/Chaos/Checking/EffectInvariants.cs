using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>I5: what was committed to be told arrives, in the order in which its grain told it; nothing is refused or parked on the way.</summary>
internal static class EffectInvariants
{
    public static void Hold(ChaosWorld world)
    {
        var first = new Dictionary<EffectId, int>();
        for (var index = 0; index < world.History.Arrivals.Count; index++)
        {
            var arrival = world.History.Arrivals[index];
            first.TryAdd(arrival.Id, index);
            if (arrival.Reply is null or Refused)
                throw new InvariantViolationException("what grains tell each other is understood", $"{arrival.Id} was answered with {arrival.Reply?.ToString() ?? "a fault, and parked"}.");
        }

        foreach (var ofGrain in world.History.Tells.GroupBy(told => told.Id.Source))
        {
            var last = -1;
            foreach (var told in ofGrain)
            {
                if (!first.TryGetValue(told.Id, out var arrived))
                    throw new InvariantViolationException("I5 what was committed to be told arrives", $"{told.Id} never did: {told.Tell}");
                if (arrived < last)
                    throw new InvariantViolationException("I5 what a grain tells arrives in its order", $"{told.Id} arrived before what was told before it: {told.Tell}");
                last = arrived;
            }
        }
    }
}
