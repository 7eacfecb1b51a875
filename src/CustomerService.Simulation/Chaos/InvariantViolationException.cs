namespace CustomerService.Simulation.Chaos;

/// <summary>Something that must always hold does not.</summary>
public sealed class InvariantViolationException(string invariant, string message) : Exception($"{invariant}: {message}")
{
    /// <summary>What should hold, in a few words.</summary>
    public string Invariant => invariant;

    /// <summary>Where it does not hold, and how it is instead.</summary>
    public string Detail => message;
}
