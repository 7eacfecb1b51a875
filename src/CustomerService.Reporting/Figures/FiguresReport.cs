using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Reporting.Figures;

/// <summary>The figures of some cases that have something in common.</summary>
/// <param name="Key">What: a channel, a language, an intent, a queue, an hour (<c>00</c> to <c>23</c>), or a time as <c>2030-01-31</c> or <c>2030-01-31 08:00</c>; empty: it is not known.</param>
public sealed record FiguresSlice(string Key, Measures Measures);

/// <summary>All figures of a time, with those of as long before beside them.</summary>
public sealed record FiguresReport
{
    /// <summary>Up to so long the course is told by the hour, else by the day.</summary>
    private static readonly TimeSpan ByTheHour = TimeSpan.FromHours(50);

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; init; }

    public required Measures Total { get; init; }

    /// <summary>Of the time of the same length that ended where this one begins.</summary>
    public required Measures Before { get; init; }

    /// <summary>Hour by hour or day by day, without gaps.</summary>
    public required ImmutableArray<FiguresSlice> Course { get; init; }

    /// <summary>The most cases first, as the others.</summary>
    public required ImmutableArray<FiguresSlice> Channels { get; init; }

    public required ImmutableArray<FiguresSlice> Languages { get; init; }

    public required ImmutableArray<FiguresSlice> Intents { get; init; }

    public required ImmutableArray<FiguresSlice> Queues { get; init; }

    /// <summary>The hours of the day, all 24.</summary>
    public required ImmutableArray<FiguresSlice> Hours { get; init; }

    /// <param name="cases">Those that began between <see cref="FiguresQuestion.Before"/> and its end.</param>
    public static FiguresReport Of(FiguresQuestion question, IReadOnlyCollection<CaseRow> cases)
    {
        var asked = cases.Where(question.Asks).ToLookup(row => row.OpenedAt >= question.From);
        var now = asked[true].ToList();
        return new FiguresReport
        {
            From = question.From,
            Until = question.Until,
            TimeZone = question.Zone.Id,
            Total = Measures.Of(now),
            Before = Measures.Of([.. asked[false]]),
            Course = CourseOf(question, now),
            Channels = By(now, row => row.Channel),
            Languages = By(now, row => row.Language),
            Intents = By(now, row => row.Intent),
            Queues = By(now.Where(row => row.Queue is not null), row => row.Queue),
            Hours = Every(Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture)), now.ToLookup(row => Local(question, row.OpenedAt).ToString("HH", CultureInfo.InvariantCulture))),
        };
    }

    private static ImmutableArray<FiguresSlice> By(IEnumerable<CaseRow> cases, Func<CaseRow, string?> key) =>
        [.. cases.GroupBy(row => key(row) ?? "", StringComparer.Ordinal).Select(group => new FiguresSlice(group.Key, Measures.Of([.. group])))
            .OrderByDescending(slice => slice.Measures.Cases).ThenBy(slice => slice.Key, StringComparer.Ordinal)];

    private static ImmutableArray<FiguresSlice> CourseOf(FiguresQuestion question, IEnumerable<CaseRow> cases)
    {
        var byHour = question.Until - question.From <= ByTheHour;
        var step = byHour ? TimeSpan.FromHours(1) : TimeSpan.FromHours(12); // half a day never jumps over one whose clock is changed
        string KeyOf(DateTimeOffset at) => Local(question, at).ToString(byHour ? "yyyy-MM-dd HH:00" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var keys = new List<string>();
        for (var at = question.From; at < question.Until; at += step)
            keys.Add(KeyOf(at));
        return Every(keys.Distinct(), cases.ToLookup(row => KeyOf(row.OpenedAt)));
    }

    private static ImmutableArray<FiguresSlice> Every(IEnumerable<string> keys, ILookup<string, CaseRow> cases) => [.. keys.Select(key => new FiguresSlice(key, Measures.Of([.. cases[key]])))];

    private static DateTimeOffset Local(FiguresQuestion question, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, question.Zone);
}
