using System.Globalization;
using CustomerService.Grains.Audit;
using Microsoft.AspNetCore.Http;

namespace CustomerService.AgentConsole.Audit;

/// <summary>What somebody asks of the audit log, as a form and an address say it. Days are those of UTC, as the log is kept.</summary>
internal sealed class AuditQuestion
{
    private const string Day = "yyyy-MM-dd";

    public string Who { get; set; } = "";

    public string Act { get; set; } = "";

    public ActOutcome? Outcome { get; set; }

    /// <summary>The first day.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>What an address asks; what it says wrong is not asked.</summary>
    public static AuditQuestion Of(IQueryCollection query) => new()
    {
        Who = query["who"].ToString(),
        Act = query["act"].ToString(),
        Outcome = Enum.TryParse<ActOutcome>(query["outcome"].ToString(), ignoreCase: true, out var outcome) && Enum.IsDefined(outcome) ? outcome : null,
        From = DayOf(query["from"].ToString()),
        Until = DayOf(query["until"].ToString()),
    };

    public AuditQuestion Copy() => (AuditQuestion)MemberwiseClone();

    public AuditFilter ToFilter() => new(Who, Act, Outcome, BeginOf(From), BeginOf(Until?.AddDays(1)));

    /// <summary>For an address.</summary>
    public string ToQuery() => string.Join('&', new[]
    {
        ("who", Who.Trim()), ("act", Act.Trim()), ("outcome", Outcome?.ToString().ToLowerInvariant()), ("from", From?.ToString(Day, CultureInfo.InvariantCulture)),
        ("until", Until?.ToString(Day, CultureInfo.InvariantCulture)),
    }.Where(each => !string.IsNullOrEmpty(each.Item2)).Select(each => $"{each.Item1}={Uri.EscapeDataString(each.Item2!)}"));

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset? BeginOf(DateOnly? day) => day is { } some ? new DateTimeOffset(some, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
