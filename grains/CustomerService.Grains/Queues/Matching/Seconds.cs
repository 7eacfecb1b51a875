namespace CustomerService.Grains.Queues.Matching;

/// <summary>Seconds of a setting as ticks: never less than none, never more than a century, so that adding them to an instant is safe.</summary>
internal static class Seconds
{
    private const double Century = 100 * 365.25 * 24 * 3600;

    public static long Ticks(double seconds) => (long)(Math.Clamp(double.IsNaN(seconds) ? 0 : seconds, 0, Century) * TimeSpan.TicksPerSecond);
}
