namespace CustomerService.Grains.Waiting;

/// <summary>
/// The middle and the ninth tenth of a stream of figures, followed without keeping them: each figure pushes a bound up or down, by amounts
/// that balance when it is exceeded as often as it should be. So its share comes right in the long run, whatever the figures do.
/// The figures are of the order of one; see who uses it for their meaning.
/// </summary>
/// <param name="Seen">How many figures, up to a limit; 0: nothing is known, and the bounds mean nothing.</param>
public readonly record struct RunningBand(double P50, double P90, int Seen)
{
    // A bound moves fast while little is known, and then slowly enough not to shake.
    private const int Settled = 100;
    private const double Unit = 2;

    /// <param name="late">
    /// How many figures there are at a time between a figure's beginning and its end. A bound hears so late of its errors, and must move
    /// the slower for it, or it swings.
    /// </param>
    public RunningBand With(double figure, int late)
    {
        figure = Math.Clamp(figure, -50, 50);
        var step = Unit / (Math.Min(Seen + 2, Settled) + (4d * late));
        return new RunningBand(
            P50 + (step * (figure > P50 ? 0.5 : -0.5)), P90 + (step * (figure > P90 ? 0.9 : -0.1)), Math.Min(Seen + 1, Settled));
    }
}
