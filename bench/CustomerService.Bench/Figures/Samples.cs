using System.Globalization;

namespace CustomerService.Bench.Figures;

/// <summary>Measured values, sorted.</summary>
internal sealed class Samples
{
    private readonly double[] _sorted;

    public Samples(IEnumerable<double> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
    }

    public int Count => _sorted.Length;

    public double Median => At(0.50);

    public double Least => _sorted.Length == 0 ? 0 : _sorted[0];

    public double Most => _sorted.Length == 0 ? 0 : _sorted[^1];

    /// <summary>The value that this share of all do not exceed; of an even number the lower of the middle two.</summary>
    public double At(double share) => _sorted.Length == 0 ? 0 : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>p50, p95 and p99 of milliseconds.</summary>
    public string Percentiles() => string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.50):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms");

    /// <summary>The median and, since one number alone is no result, its range.</summary>
    public string MedianAndRange(string format = "0.00") => string.Create(
        CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} (range {Least.ToString(format, CultureInfo.InvariantCulture)} to {Most.ToString(format, CultureInfo.InvariantCulture)}, n = {Count})");
}
