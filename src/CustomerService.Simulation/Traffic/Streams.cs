using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Traffic;

/// <summary>
/// Dice of their own for everyone who throws. Whether one more agent works or one more kind of contact comes, all others throw what they
/// threw before: two policies are compared over the same day, not over two days.
/// </summary>
internal static class Streams
{
    public static Dice Of(long seed, string name)
    {
        var hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1099511628211UL;
        var dice = new Dice(hash);

        // Names that differ by little begin far apart.
        return new Dice(dice.Next());
    }
}
