using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Customers;

namespace CustomerService.AgentConsole.Customers;

/// <summary>A customer's mood from message to message, as a line: the newest on the right, unhappy below the middle.</summary>
internal sealed record MoodLine(ImmutableArray<MoodPoint> Points)
{
    public const double Width = 260;
    public const double Height = 64;
    private const double Margin = 6;

    /// <summary>Two points make a line.</summary>
    public bool IsLine => Points.Length > 1;

    public const double Middle = Height / 2;

    /// <summary>For an SVG polyline.</summary>
    public string Path => string.Join(' ', Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));

    public double Lowest => Points.Min(point => point.Value);

    /// <summary>Each message is as far from the last as any other: how long was between them says nothing about the mood.</summary>
    public static MoodLine Of(IReadOnlyList<PastInteraction> interactions)
    {
        var step = (Width - (2 * Margin)) / Math.Max(1, interactions.Count - 1);
        return new MoodLine([.. interactions.Select((past, i) =>
        {
            var value = Math.Clamp(past.Sentiment, -1, 1);
            return new MoodPoint(Margin + (i * step), (Height / 2) - (value * ((Height / 2) - Margin)), value, past.At, past.Channel);
        })]);
    }
}

/// <param name="Value">−1 (furious) to 1 (delighted).</param>
internal sealed record MoodPoint(double X, double Y, double Value, DateTimeOffset At, string Channel);
