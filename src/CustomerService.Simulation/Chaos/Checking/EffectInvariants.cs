using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>
/// I5: what was committed to be told arrives, in the order in which its grain told it; nothing is refused or parked on the way. Work is
/// begun again only where who began it is dead.
/// </summary>
internal static class EffectInvariants
{
    public static void Hold(ChaosWorld world)
    {
        if (world.Host.Effects > 0)
            throw new InvariantViolationException("I5 what was carried out is ticked off", $"{world.Host.Effects} effects are not.");
        if (world.History.Beginnings.FirstOrDefault(beginning => beginning.LivesElsewhere == true) is { Id: { Version: > 0 } id })
            throw new InvariantViolationException("outside work that a living process does is not begun again", $"{id} was.");

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
