namespace CustomerService.Runtime.Effects;

/// <summary>Bounds of outside work.</summary>
/// <param name="Workers">How much is done at the same time; a result on its way to its grain holds none of them.</param>
/// <param name="Attempts">How often it is tried before it is given up and parked.</param>
/// <param name="TimeLimit">How long one attempt may take.</param>
public sealed record WorkLimits(int Workers, int Attempts, TimeSpan TimeLimit);
