namespace CustomerService.Reporting.Figures;

/// <summary>The figures as a table: one row for all, for as long before, and for each slice.</summary>
public static class FiguresCsv
{
    private static readonly (string Name, Func<Measures, object?> Value)[] Columns =
    [
        ("cases", each => each.Cases),
        ("taken_up", each => each.TakenUp),
        ("automated", each => each.Automated),
        ("automation_rate", each => each.AutomationRate),
        ("handed_off", each => each.HandedOff),
        ("abandoned", each => each.Abandoned),
        ("settled", each => each.Settled),
        ("reopened", each => each.Reopened),
        ("first_response_p50_seconds", each => each.FirstResponse?.P50),
        ("first_response_p90_seconds", each => each.FirstResponse?.P90),
        ("person_response_p50_seconds", each => each.PersonResponse?.P50),
        ("person_response_p90_seconds", each => each.PersonResponse?.P90),
        ("resolution_p50_seconds", each => each.Resolution?.P50),
        ("resolution_p90_seconds", each => each.Resolution?.P90),
        ("promises_kept", each => each.PromisesKept),
        ("promises_broken", each => each.PromisesBroken),
        ("ratings", each => each.Ratings),
        ("satisfaction", each => each.Satisfaction),
        ("sentiment_first", each => each.FirstSentiment),
        ("sentiment_last", each => each.LastSentiment),
    ];

    public static string Of(FiguresReport report)
    {
        IEnumerable<object?> Row(string group, string key, DateTimeOffset from, DateTimeOffset until, Measures measures) => [group, key, from, until, .. Columns.Select(column => column.Value(measures))];
        IEnumerable<IEnumerable<object?>> Rows(string group, IEnumerable<FiguresSlice> slices) => slices.Select(slice => Row(group, slice.Key, report.From, report.Until, slice.Measures));
        return CsvText.Of(
        [
            ["group", "key", "from", "until", .. Columns.Select(column => column.Name)],
            Row("total", "", report.From, report.Until, report.Total),
            Row("before", "", report.From - (report.Until - report.From), report.From, report.Before),
            .. Rows("course", report.Course),
            .. Rows("channel", report.Channels),
            .. Rows("language", report.Languages),
            .. Rows("intent", report.Intents),
            .. Rows("queue", report.Queues),
            .. Rows("hour", report.Hours),
        ]);
    }
}
