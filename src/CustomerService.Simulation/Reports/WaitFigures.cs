namespace CustomerService.Simulation.Reports;

/// <summary>How long people waited, in seconds.</summary>
/// <param name="P50">Half waited no longer.</param>
/// <param name="P90">Nine in ten waited no longer.</param>
public sealed record WaitFigures(double Mean, double P50, double P90, double Max)
{
    /// <summary>Null when nobody waited.</summary>
    public static WaitFigures? Of(IEnumerable<double> seconds)
    {
        var sorted = seconds.Order().ToArray();
        return sorted.Length == 0 ? null : new WaitFigures(sorted.Average(), At(0.5), At(0.9), sorted[^1]);

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
