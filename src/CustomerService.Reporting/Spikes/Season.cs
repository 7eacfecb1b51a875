namespace CustomerService.Reporting.Spikes;

/// <summary>
/// What is usual at each hour of the week, learnt as time goes by: older weeks count less, so a slow drift is no surprise. An hour that was
/// seen little leans on the series' own mean and on how that hour is for all series together.
/// </summary>
internal sealed class Season
{
    private const int Hours = 7 * 24;
    private const double KeptAWeek = 0.8;

    /// <summary>So many buckets' worth of doubt: two hours.</summary>
    private const double Doubt = 8;

    private readonly double[] _counts = new double[Hours];
    private readonly double[] _buckets = new double[Hours];
    private readonly long[] _weeks = new long[Hours];
    private double _total, _exposure, _dispersion = 1.5, _looked = 20;

    /// <summary>Buckets learnt from, older ones counted less.</summary>
    public double Exposure => _exposure;

    /// <summary>Variance divided by mean, as it was around what was expected.</summary>
    public double Dispersion => Math.Clamp(_dispersion, 1, 30);

    public static int HourOf(DateTimeOffset at) => (int)at.UtcDateTime.DayOfWeek * 24 + at.UtcDateTime.Hour;

    /// <summary>What one bucket of that hour usually counts.</summary>
    /// <param name="all">The season of all series together, for what this one has not seen.</param>
    public double Expected(DateTimeOffset at, Season all)
    {
        if (_exposure <= 0)
            return 0;
        var hour = HourOf(at);
        var mean = _total / _exposure;
        return (_counts[hour] + Doubt * mean * all.ShapeOf(hour)) / (_buckets[hour] + Doubt);
    }

    /// <summary>Learns one bucket.</summary>
    /// <param name="expected">What was expected of it; 0: nothing was.</param>
    public void Learn(DateTimeOffset at, long count, double expected)
    {
        var hour = HourOf(at);
        var week = at.UtcTicks / TimeSpan.TicksPerDay / 7;
        var weeks = week - _weeks[hour];
        if (weeks > 0 && _weeks[hour] > 0)
        {
            var kept = Math.Pow(KeptAWeek, weeks);
            _total -= _counts[hour] * (1 - kept);
            _exposure -= _buckets[hour] * (1 - kept);
            _counts[hour] *= kept;
            _buckets[hour] *= kept;
        }

        _weeks[hour] = week;
        _counts[hour] += count;
        _buckets[hour]++;
        _total += count;
        _exposure++;
        if (expected < 0.05)
            return;
        const double memory = 700;
        const double oneOddBucket = 25; // A spike says nothing about how bursty ordinary hours are.
        _looked = Math.Min(memory, _looked + 1);
        _dispersion += (Math.Min(oneOddBucket, (count - expected) * (count - expected) / expected) - _dispersion) / _looked;
    }

    private double ShapeOf(int hour)
    {
        if (_total <= 0)
            return 1;
        var mean = _total / _exposure;
        return (_counts[hour] / mean + Doubt) / (_buckets[hour] + Doubt);
    }
}
