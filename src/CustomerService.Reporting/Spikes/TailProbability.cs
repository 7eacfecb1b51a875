namespace CustomerService.Reporting.Spikes;

/// <summary>How likely it is to count so many where so many are expected. Counts of people are bursty: their variance is more than their mean.</summary>
internal static class TailProbability
{
    private const double LargeMean = 300;

    /// <summary>P(X ≥ <paramref name="count"/>) for a negative binomial X; a Poisson one where the variance is the mean.</summary>
    /// <param name="mean">What is expected, above 0.</param>
    /// <param name="dispersion">Variance divided by mean, from 1.</param>
    public static double AtLeast(long count, double mean, double dispersion)
    {
        if (count <= 0)
            return 1;
        if (mean > LargeMean)
            return NormalUpperTail((count - 0.5 - mean) / Math.Sqrt(dispersion * mean));
        var isPoisson = dispersion < 1.001;
        var size = isPoisson ? 0 : mean / (dispersion - 1);
        var term = Math.Exp(isPoisson ? -mean : -size * Math.Log(dispersion));
        var below = 0.0;
        for (long k = 0; k < count; k++)
        {
            below += term;
            term *= isPoisson ? mean / (k + 1) : (k + size) / (k + 1) * (1 - 1 / dispersion);
        }

        // Where 1 - below is lost to rounding, the rest of the sum is nearly its first term.
        return Math.Max(1 - below, below > 0.999_999 ? term : 0);
    }

    /// <summary>The count that is reached or passed with no more than this probability.</summary>
    public static long Quantile(double mean, double dispersion, double upperTail)
    {
        var count = (long)Math.Ceiling(mean);
        while (AtLeast(count + 1, mean, dispersion) > upperTail)
            count++;
        return count;
    }

    // Abramowitz and Stegun 26.2.17: absolute error under 7.5e-8, and never 0 far out.
    private static double NormalUpperTail(double z)
    {
        if (z < 0)
            return 1 - NormalUpperTail(-z);
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z > 5)
            return density / z * (1 - 1 / (z * z));
        var t = 1 / (1 + 0.2316419 * z);
        return density * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    }
}
