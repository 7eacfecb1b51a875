using System.Collections.Immutable;
using CustomerService.Reporting.Spikes;

namespace CustomerService.Reporting.Tests.Spikes;

/// <summary>A contact centre's traffic, drawn by a seed: busy days, quiet nights, quieter weekends, hours that are burstier than a coin.</summary>
internal sealed class Traffic(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Intents = ["order_status", "return_item", "refund_status", "payment_problem", "password_reset", "delivery_time", "technical_issue", "warranty", "greeting"];
    private static readonly double[] Shares = [0.3, 0.15, 0.12, 0.1, 0.1, 0.08, 0.06, 0.04, 0.05];
    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, 300).Select(n => "word" + (char)('a' + n % 26) + (char)('a' + n / 26))];

    private readonly Random _random = new(seed);
    private long _conversation;

    /// <summary>All traffic together is so many times what it was, at that time.</summary>
    public Func<DateTimeOffset, double> Volume { get; init; } = _ => 1;

    /// <summary>An intent's traffic is so many times what it was, at that time.</summary>
    public Func<string, DateTimeOffset, double> Factor { get; init; } = (_, _) => 1;

    /// <summary>The chance that a message of that time has this word besides.</summary>
    public Func<DateTimeOffset, (string Word, double Chance)?> Word { get; init; } = _ => null;

    /// <summary>Plays the traffic and gives each alert as it opens.</summary>
    public List<(DateTimeOffset At, Alert Alert)> Play(SpikeWatch watch, DateTimeOffset until)
    {
        var opened = new List<(DateTimeOffset, Alert)>();
        var known = new HashSet<(string, DateTimeOffset)>();
        for (var minute = Start; minute < until; minute += TimeSpan.FromMinutes(1))
        {
            var burst = 0.6 + 0.8 * _random.NextDouble();
            for (var i = 0; i < Intents.Length; i++)
            {
                for (var n = Poisson(Rate(minute) * Shares[i] * burst * Volume(minute) * Factor(Intents[i], minute)); n > 0; n--)
                    watch.Observe(minute, $"c-{++_conversation}", Intents[i], "en", Words(Intents[i], minute));
            }

            watch.AdvanceTo(minute);
            foreach (var alert in watch.Alerts)
            {
                if (known.Add((alert.Name, alert.Since)))
                    opened.Add((minute, alert));
            }
        }

        return opened;
    }

    /// <summary>Messages a minute.</summary>
    private static double Rate(DateTimeOffset at)
    {
        var day = 0.15 + Math.Max(0, Math.Sin(Math.PI * (at.Hour + at.Minute / 60.0 - 7) / 14));
        return 1.2 * day * (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.4 : 1);
    }

    private ImmutableArray<string> Words(string intent, DateTimeOffset at)
    {
        var words = new List<string> { "about" + intent.Replace("_", "", StringComparison.Ordinal) };
        for (var i = 0; i < 4; i++)
            words.Add(Vocabulary[(int)(Vocabulary.Length * Math.Pow(_random.NextDouble(), 2))]);
        if (Word(at) is { } extra && _random.NextDouble() < extra.Chance)
            words.Add(extra.Word);
        return [.. words.Distinct()];
    }

    private int Poisson(double mean)
    {
        var (count, product, limit) = (0, _random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; product *= _random.NextDouble())
            count++;
        return count;
    }
}
