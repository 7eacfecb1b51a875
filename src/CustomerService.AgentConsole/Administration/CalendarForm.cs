using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Administration;

/// <summary>The hours of one calendar while they are being changed.</summary>
internal sealed class CalendarForm
{
    private readonly string _name;

    public CalendarForm(string name, YamlMapping calendar, ImmutableArray<string> others)
    {
        (_name, Others) = (name, others);
        Week = [.. Lines(calendar, "week")];
        SpecialDays = [.. Lines(calendar, "special_days")];
    }

    public string Name => _name;

    /// <summary>The other queues that go by it.</summary>
    public ImmutableArray<string> Others { get; }

    /// <summary>Line by line as the file has them, such as <c>mon-fri</c> with its hours.</summary>
    public List<HoursLine> Week { get; }

    /// <summary>Dates with hours of their own.</summary>
    public List<HoursLine> SpecialDays { get; }

    public IEnumerable<YamlChange> Changes() => Changes("week", Week).Concat(Changes("special_days", SpecialDays));

    private static IEnumerable<HoursLine> Lines(YamlMapping calendar, string key) =>
        (calendar.Find(key) as YamlMapping)?.Entries.Where(each => each.Value is YamlScalar).Select(each => new HoursLine(each.Key.Text, ((YamlScalar)each.Value).Text)) ?? [];

    private IEnumerable<YamlChange> Changes(string key, List<HoursLine> lines) => lines
        .Where(line => line.Days.Trim().Length > 0)
        .SelectMany(line => new FormValue(["calendars", _name, key, line.Days.Trim()], line.Before) { Now = line.Hours }.Changes());
}

/// <summary>The hours of some days, or of a date.</summary>
public sealed class HoursLine(string days, string before)
{
    /// <summary>As the file has them; empty: the line is new.</summary>
    public string Before { get; } = before;

    public bool IsNew => Before.Length == 0;

    public string Days { get; set; } = days;

    /// <summary>Such as <c>08:00-12:00, 13:00-18:00</c>; empty: the line goes.</summary>
    public string Hours { get; set; } = before;
}
