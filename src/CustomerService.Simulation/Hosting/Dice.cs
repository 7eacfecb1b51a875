namespace CustomerService.Simulation.Hosting;

/// <summary>All chance of a simulation: the same seed gives the same throws, in every process and on every machine.</summary>
/// <remarks>SplitMix64, because it can be seeded anew at no cost.</remarks>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Goes on as dice of that seed would.</summary>
    public void Reseed(ulong seed) => _state = seed;

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>From 0, less than 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => probability > 0 && Fraction() < probability;

    /// <summary>From zero, less than <paramref name="limit"/>.</summary>
    public TimeSpan UpTo(TimeSpan limit) => TimeSpan.FromTicks((long)(Fraction() * limit.Ticks));

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
