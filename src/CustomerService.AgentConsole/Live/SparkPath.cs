using System.Globalization;
using System.Text;

namespace CustomerService.AgentConsole.Live;

/// <summary>A small line drawn from figures: an SVG path from left to right, 0 at the bottom.</summary>
internal static class SparkPath
{
    public const double Width = 240;
    public const double Height = 48;

    /// <param name="top">The figure at the upper edge; at least 1, so that nothing lies at the bottom.</param>
    public static string Line(IReadOnlyList<double> values, double top)
    {
        var path = new StringBuilder();
        for (var place = 0; place < values.Count; place++)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(place == 0 ? 'M' : 'L')}{X(place, values.Count):0.#} {Y(values[place], top):0.#}");
        }

        return path.ToString();
    }

    /// <summary>The same with what is below it.</summary>
    public static string Area(IReadOnlyList<double> values, double top) =>
        values.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Line(values, top)}L{Width:0} {Height:0}L0 {Height:0}Z");

    private static double X(int place, int count) => count > 1 ? Width * place / (count - 1) : 0;

    private static double Y(double value, double top) => Height - (Math.Clamp(value / Math.Max(1, top), 0, 1) * (Height - 2));
}
