using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Reporting.Figures;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService.AgentConsole.Figures;

/// <summary>What the page of figures was asked for, as its address has it. What can't be read counts as not said.</summary>
internal sealed record FiguresAddress
{
    /// <summary>So many days with today. Default 7.</summary>
    public int Days { get; init; } = 7;

    /// <summary>The first day of a time of one's own; null: <see cref="Days"/> counts.</summary>
    public DateOnly? First { get; init; }

    public DateOnly? Last { get; init; }

    public string? Channel { get; init; }

    public string? Language { get; init; }

    public string? Intent { get; init; }

    public string? Queue { get; init; }

    public static ImmutableArray<int> Usual => [1, 7, 30];

    public static FiguresAddress Parse(string query)
    {
        var said = QueryHelpers.ParseQuery(query);
        string? Said(string name) => said.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Said(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var (first, last) = (Day("first"), Day("last"));
        var isWhole = first <= last && last.Value.DayNumber - first.Value.DayNumber < FiguresQuestion.MaxDays;
        return new FiguresAddress
        {
            Days = int.TryParse(Said("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? Math.Clamp(days, 1, FiguresQuestion.MaxDays) : 7,
            First = isWhole ? first : null,
            Last = isWhole ? last : null,
            Channel = Said("channel"),
            Language = Said("language"),
            Intent = Said("intent"),
            Queue = Said("queue"),
        };
    }

    public FiguresQuestion ToQuestion(DateTimeOffset now, TimeZoneInfo zone) =>
        (First is { } first && Last is { } last ? FiguresQuestion.Days(last.DayNumber - first.DayNumber < FiguresQuestion.MaxDays ? first : last.AddDays(1 - FiguresQuestion.MaxDays), last, zone) : FiguresQuestion.LastDays(Days, now, zone)) with
        {
            Channel = Channel,
            Language = Language,
            Intent = Intent,
            Queue = Queue,
        };

    /// <summary>As a query, without its question mark.</summary>
    public override string ToString()
    {
        var said = new List<KeyValuePair<string, string?>>
        {
            new("days", First is null ? Days.ToString(CultureInfo.InvariantCulture) : null),
            new("first", First?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("last", First is null ? null : Last?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("channel", Channel),
            new("language", Language),
            new("intent", Intent),
            new("queue", Queue),
        };
        return QueryHelpers.AddQueryString("", said.Where(each => each.Value is not null)).TrimStart('?');
    }
}
