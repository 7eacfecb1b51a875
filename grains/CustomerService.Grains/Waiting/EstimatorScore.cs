namespace CustomerService.Grains.Waiting;

/// <summary>How near an estimator has been lately.</summary>
/// <param name="SquaredError">The running mean of the squared error, in seconds².</param>
/// <param name="Scored">How many waits, up to the window.</param>
/// <param name="Ratio">How the actual waits compared with the predicted ones.</param>
public readonly record struct EstimatorScore(double SquaredError, int Scored, RunningBand Ratio)
{
    /// <summary>How many waits back the error reaches, roughly.</summary>
    private const int Window = 50;

    public EstimatorScore With(double predicted, double actual)
    {
        var scored = Math.Min(Scored + 1, Window);
        var squared = (actual - predicted) * (actual - predicted);
        return new EstimatorScore(
            SquaredError + ((squared - SquaredError) / scored), scored,
            (Scored == 0 ? RunningBand.Assumed : Ratio).With(actual / Math.Max(predicted, 1e-3)));
    }

    /// <summary>The band around a prediction, in seconds.</summary>
    internal (double P50, double P90) Around(double predicted)
    {
        var ratio = Scored == 0 ? RunningBand.Assumed : Ratio;
        return (predicted * ratio.P50, predicted * Math.Max(ratio.P50, ratio.P90));
    }
}
