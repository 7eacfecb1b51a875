using CustomerService.Gateway.Errors;
using CustomerService.Reporting.Figures;
using Microsoft.AspNetCore.Mvc;

namespace CustomerService.Gateway.Reports;

/// <summary>Of which cases figures are asked, in a request's address.</summary>
public sealed class FiguresQuery
{
    private const int UsualDays = 7;

    /// <summary>So many whole days, the last of which is today. Default 7; without <see cref="From"/> only.</summary>
    [FromQuery]
    public int? Days { get; init; }

    [FromQuery]
    public DateTimeOffset? From { get; init; }

    /// <summary>Default: now.</summary>
    [FromQuery]
    public DateTimeOffset? Until { get; init; }

    [FromQuery]
    public string? Channel { get; init; }

    [FromQuery]
    public string? Language { get; init; }

    [FromQuery]
    public string? Intent { get; init; }

    [FromQuery]
    public string? Queue { get; init; }

    /// <exception cref="ProblemException">A field can't be as it is; the message says which and why.</exception>
    public FiguresQuestion ToQuestion(DateTimeOffset now, TimeZoneInfo zone)
    {
        var days = Days ?? UsualDays;
        if (days is < 1 or > FiguresQuestion.MaxDays)
            throw Problems.InvalidField("days", $"'days' is {days}; give 1 to {FiguresQuestion.MaxDays}.");
        var question = From is { } from ? new FiguresQuestion(from, Until ?? now, zone) : FiguresQuestion.LastDays(days, now, zone);
        if (question.Until <= question.From)
            throw Problems.InvalidField("until", "The time ends before it begins; give an 'until' that is later than 'from'.");
        if (question.Until - question.From > TimeSpan.FromDays(FiguresQuestion.MaxDays))
            throw Problems.InvalidField("from", $"The time is longer than {FiguresQuestion.MaxDays} days; give a later 'from'.");
        return question with { Channel = Given(Channel), Language = Given(Language), Intent = Given(Intent), Queue = Given(Queue) };
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
