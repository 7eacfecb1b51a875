namespace CustomerService.Grains.Waiting;

/// <summary>How near an estimator has been lately.</summary>
/// <param name="SquaredError">The running mean of the squared error, in seconds².</param>
/// <param name="Scored">How many waits, up to the window.</param>
/// <param name="Deviation">
/// How the actual waits deviated from the predicted ones: (actual / predicted − 1) · √(ahead + 1). A wait behind many is made of as many parts that
/// even out, so with the root the deviation is the same in a short line and in a long one.
/// </param>
public readonly record struct EstimatorScore(double SquaredError, int Scored, RunningBand Deviation)
{
    /// <summary>How many waits back the error reaches, roughly.</summary>
    private const int Window = 200;

    // Nine of ten exponential waits behind any number end within this deviation.
    private static readonly RunningBand Assumed = new(0, 1.3, 0);

    /// <param name="ahead">How many were ahead when it was predicted.</param>
    /// <param name="late">How many wait at a time; see <see cref="RunningBand.With"/>.</param>
    internal EstimatorScore With(double predicted, double actual, int ahead, int late)
    {
        var scored = Math.Min(Scored + 1, Window);
        var squared = (actual - predicted) * (actual - predicted);
        var deviation = ((actual / Math.Max(predicted, 1e-3)) - 1) * Math.Sqrt(ahead + 1);
        return new EstimatorScore(SquaredError + ((squared - SquaredError) / scored), scored, Known.With(deviation, late));
    }

    /// <summary>The band around a prediction, in seconds.</summary>
    internal (double P50, double P90) Around(double predicted, int ahead)
    {
        var root = Math.Sqrt(ahead + 1);
        return (
            predicted * Math.Max(0, 1 + (Known.P50 / root)),
            predicted * Math.Max(0, 1 + (Math.Max(Known.P50, Known.P90) / root)));
    }

    private RunningBand Known => Scored == 0 ? Assumed : Deviation;
}
