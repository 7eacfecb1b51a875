using System.Globalization;

namespace CustomerService.Simulation.Reports;

/// <summary>A scale from 0 to a round number over a largest value, with a word for its unit.</summary>
internal readonly record struct AxisScale(double Top, double UnitSeconds, string Unit)
{
    private static readonly double[] RoundNumbers = [1, 2, 3, 4, 5, 6, 8, 10];

    /// <summary>Of waits, in seconds, minutes or hours.</summary>
    public static AxisScale OfWaits(double largest)
    {
        var (unit, name) = largest switch
        {
            <= 90 => (1d, "s"),
            <= 5_400 => (60d, "min"),
            _ => (3_600d, "h"),
        };
        return new AxisScale(Round(Math.Max(largest, 1) / unit) * unit, unit, name);
    }

    public string Label(double value) => string.Create(CultureInfo.InvariantCulture, $"{value / UnitSeconds:0.##} {Unit}");

    private static double Round(double value)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return RoundNumbers.First(number => number * size >= value - 1e-9) * size;
    }
}
