namespace CustomerService.Grains.Waiting;

/// <summary>
/// The middle and the ninth tenth of a stream of positive figures, followed without keeping them: each figure pushes a bound up or down, by
/// amounts that balance when it is exceeded as often as it should be. So its share comes right in the long run whatever the figures do.
/// </summary>
/// <param name="Seen">How many figures; 0: nothing is known, and the bounds mean nothing.</param>
public readonly record struct RunningBand(double P50, double P90, int Seen)
{
    /// <summary>How far beyond the middle nine of ten exponential waits end: a first guess, on the safe side.</summary>
    private const double FirstSpread = 2.3;

    // A bound moves fast while little is known, and then slowly enough not to shake.
    private const int Settled = 40;

    /// <summary>What is assumed of how actual waits compare with predicted ones before any is seen.</summary>
    public static RunningBand Assumed { get; } = new(1, FirstSpread, 0);

    public RunningBand With(double figure)
    {
        figure = Math.Clamp(figure, 1e-6, 1e6);
        if (P50 <= 0)
            return new RunningBand(figure, figure * FirstSpread, 1);

        var step = 1d / Math.Min(Seen + 2, Settled);
        return new RunningBand(
            P50 * Math.Exp(step * (figure > P50 ? 0.5 : -0.5)), P90 * Math.Exp(step * (figure > P90 ? 0.9 : -0.1)), Math.Min(Seen + 1, Settled));
    }
}
