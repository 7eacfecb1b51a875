using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>Judges a play by its recorded history and by what the grains say of themselves once they are at rest.</summary>
internal static class Checker
{
    /// <exception cref="InvariantViolationException">Something does not hold.</exception>
    public static void Hold(ChaosWorld world)
    {
        NothingIsParked(world);
        EffectInvariants.Hold(world);
        TranscriptInvariants.Hold(world);
        OfferInvariants.Hold(world);
        LineInvariants.PlacesAreKept(world);
        HoursInvariants.Hold(world);
        PlaceInvariants.Hold(world);
        ServiceInvariants.Hold(world);
    }

    private static void NothingIsParked(ChaosWorld world)
    {
        // Work that failed at every attempt is parked, and its grain told: that is as it should be.
        if (world.Host.Parked.FirstOrDefault(item => !item.Reason.StartsWith(nameof(TimeoutException), StringComparison.Ordinal) && !item.Reason.Contains(Pipeline.Away, StringComparison.Ordinal)) is { } item)
            throw new InvariantViolationException("every command can be handled", $"{item.Grain} could not: {item.Reason}");
    }
}
