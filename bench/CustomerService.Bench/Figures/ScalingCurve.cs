namespace CustomerService.Bench.Figures;

/// <summary>
/// Gunther's Universal Scalability Law, fitted to throughputs: X(n) = n·X(1) / (1 + σ(n−1) + κn(n−1)). σ is the share of work that only one at a
/// time can do, κ what keeping all pairs consistent costs.
/// </summary>
/// <param name="Contention">σ.</param>
/// <param name="Coherence">κ.</param>
internal readonly record struct ScalingCurve(double Contention, double Coherence)
{
    /// <summary>By least squares over n·X(1)/X(n) − 1 = σ(n−1) + κn(n−1).</summary>
    /// <param name="one">X(1).</param>
    public static ScalingCurve Fit(double one, IEnumerable<(int Silos, double Throughput)> points)
    {
        double aa = 0, ab = 0, bb = 0, ay = 0, by = 0;
        foreach (var (silos, throughput) in points)
        {
            double a = silos - 1, b = silos * (silos - 1.0), y = (silos * one / throughput) - 1;
            (aa, ab, bb, ay, by) = (aa + (a * a), ab + (a * b), bb + (b * b), ay + (a * y), by + (b * y));
        }

        var determinant = (aa * bb) - (ab * ab);
        // With one point only, all of the loss is told as contention.
        return Math.Abs(determinant) < 1e-9
            ? new ScalingCurve(aa == 0 ? 0 : ay / aa, 0)
            : new ScalingCurve(((ay * bb) - (by * ab)) / determinant, ((by * aa) - (ay * ab)) / determinant);
    }

    public double Speedup(int silos) => silos / (1 + (Contention * (silos - 1)) + (Coherence * silos * (silos - 1)));
}
