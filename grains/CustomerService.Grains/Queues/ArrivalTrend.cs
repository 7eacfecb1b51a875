using System.Text.Json.Serialization;

namespace CustomerService.Grains.Queues;

/// <summary>
/// How many come, lately and usually: two counts that forget exponentially, so that a queue notices a rush while it builds up
/// and needs to remember nothing but four numbers.
/// </summary>
/// <param name="Since">When the counting began.</param>
/// <param name="At">When the counts were last brought up to date.</param>
/// <param name="Lately">Arrivals, each weighing less as minutes pass.</param>
/// <param name="Usually">Arrivals, each weighing less as hours pass.</param>
public readonly record struct ArrivalTrend(DateTimeOffset Since, DateTimeOffset At, double Lately, double Usually)
{
    private const double LatelySeconds = 300;
    private const double UsuallySeconds = 3600;

    /// <summary>Before that nothing is called usual.</summary>
    private const double LearningSeconds = 1800;

    /// <summary>So many at least, so that three instead of one is no rush.</summary>
    private const double FewestInARush = 10;

    /// <summary>A rush is twice as many as usual, or more,</summary>
    private const double Factor = 2;

    /// <summary>and so many standard deviations of chance above it.</summary>
    private const double Deviations = 4;

    /// <summary>The trend as of a time, with nobody new. A clock that went back changes nothing.</summary>
    public ArrivalTrend AsOf(DateTimeOffset now)
    {
        if (At == default)
            return new ArrivalTrend(now, now, 0, 0);
        var passed = (now - At).TotalSeconds;
        return passed <= 0
            ? this
            : this with { At = now, Lately = Lately * Math.Exp(-passed / LatelySeconds), Usually = Usually * Math.Exp(-passed / UsuallySeconds) };
    }

    public ArrivalTrend WithArrival(DateTimeOffset now)
    {
        var trend = AsOf(now);
        return trend with { Lately = trend.Lately + 1, Usually = trend.Usually + 1 };
    }

    /// <summary>Arrivals an hour over the last minutes.</summary>
    [JsonIgnore]
    public double LatelyPerHour => RateOf(Lately, LatelySeconds, LatelySeconds) * 3600;

    /// <summary>Arrivals an hour over the last hours.</summary>
    [JsonIgnore]
    public double UsuallyPerHour => RateOf(Usually, UsuallySeconds, LearningSeconds) * 3600;

    /// <summary>Whether more come than chance explains.</summary>
    // The weights of an exponential window add up to its length, and their squares to half of it.
    [JsonIgnore]
    public bool IsRush =>
        (At - Since).TotalSeconds >= LearningSeconds && Lately >= FewestInARush
        && Lately >= Factor * Expected && Lately >= Expected + (Deviations * Math.Sqrt(Expected / 2));

    /// <summary>Whether a rush that was noticed goes on: it ends well below where it began, so that the word does not flutter.</summary>
    [JsonIgnore]
    public bool IsStillHigh => Lately >= FewestInARush / 2 && Lately >= (1 + Factor) / 2 * Expected;

    /// <summary>What the count of the last minutes would be if they were as usual.</summary>
    private double Expected => RateOf(Usually, UsuallySeconds, LearningSeconds) * LatelySeconds;

    /// <summary>
    /// A second, corrected for a window that is not filled yet. For its first <paramref name="learning"/> seconds the time before it counts
    /// as quiet: the first arrival is no rate.
    /// </summary>
    private double RateOf(double count, double window, double learning) =>
        count / (window * (1 - Math.Exp(-Math.Max(learning, (At - Since).TotalSeconds) / window)));
}
