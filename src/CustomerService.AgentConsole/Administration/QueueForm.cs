using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Administration;

/// <summary>What people change of a queue without writing YAML: its promises, its hours, and what is asked of agents as customers wait. It becomes changes of the owner's file.</summary>
internal sealed class QueueForm
{
    /// <summary>The owner's file that it is about.</summary>
    public const string File = "routing" + Extension;

    private const string Extension = ".yaml";

    private readonly ImmutableArray<string> _relaxationPath;
    private readonly string _relaxationBefore;

    private QueueForm(string queue, YamlMapping root, YamlMapping? settings)
    {
        var promises = settings?.Find("service_levels") as YamlMapping;
        ImmutableArray<string> path = ["queues", queue];
        FirstResponse = new FormValue([.. path, "service_levels", "first_response"], promises);
        NextResponse = new FormValue([.. path, "service_levels", "next_response"], promises);
        Resolution = new FormValue([.. path, "service_levels", "resolution"], promises);
        Calendar = new FormValue([.. path, "calendar"], settings);
        WhenClosed = new FormValue([.. path, "when_closed"], settings);
        UsualCalendar = ((root.Find("queue_defaults") as YamlMapping)?.Find("calendar") as YamlScalar)?.Text;
        Calendars = [.. (root.Find("calendars") as YamlMapping)?.Entries.Where(each => each.Value is YamlMapping).Select(each => new CalendarForm(each.Key.Text, (YamlMapping)each.Value, OthersOf(root, each.Key.Text, queue))) ?? []];
        Relaxation = [.. (settings?.Find("relaxation") as YamlSequence)?.Items.OfType<YamlMapping>().Select(RelaxationRow.Of) ?? []];
        (_relaxationPath, _relaxationBefore) = ([.. path, "relaxation"], Written(Relaxation));
    }

    /// <summary>Lengths of time as the file writes them; empty: what holds for all queues.</summary>
    public FormValue FirstResponse { get; }

    public FormValue NextResponse { get; }

    public FormValue Resolution { get; }

    /// <summary>The name of one; empty: <see cref="UsualCalendar"/>.</summary>
    public FormValue Calendar { get; }

    public FormValue WhenClosed { get; }

    /// <summary>That of all queues which name none; null: they are always open.</summary>
    public string? UsualCalendar { get; }

    public ImmutableArray<CalendarForm> Calendars { get; }

    /// <summary>The calendar that the queue goes by; null: it is always open.</summary>
    public CalendarForm? Hours => Calendars.FirstOrDefault(each => each.Name == (Calendar.Now.Length > 0 ? Calendar.Now : UsualCalendar));

    /// <summary>In the order of their times; none: what holds for all queues.</summary>
    public List<RelaxationRow> Relaxation { get; }

    /// <summary>The queue as the file has it; null: it is written there so that a form can't change it, or the file can't be read.</summary>
    public static QueueForm? Read(string text, string queue)
    {
        if (YamlText.Read(text, new Findings(File)) is not { } root || root.Find("queues") is not YamlMapping queues)
            return null;
        return queues.Find(queue) switch
        {
            null or YamlScalar { Value: null } => new QueueForm(queue, root, null),
            YamlMapping settings => new QueueForm(queue, root, settings),
            _ => null,
        };
    }

    /// <summary>What is to be changed in the file.</summary>
    public ImmutableArray<YamlChange> Changes()
    {
        var relaxation = Written(Relaxation);
        return
        [
            .. new[] { FirstResponse, NextResponse, Resolution, Calendar, WhenClosed }.SelectMany(value => value.Changes()),
            .. Calendars.SelectMany(calendar => calendar.Changes()),
            .. relaxation == _relaxationBefore ? [] : new[] { new YamlChange(_relaxationPath, relaxation.Length == 0 ? null : relaxation) },
        ];
    }

    private static string Written(List<RelaxationRow> steps) => steps.Count == 0 ? "" : $"[{string.Join(", ", steps.Select(step => step.Written()))}]";

    private static ImmutableArray<string> OthersOf(YamlMapping root, string calendar, string queue)
    {
        var usual = ((root.Find("queue_defaults") as YamlMapping)?.Find("calendar") as YamlScalar)?.Text;
        return [.. ((YamlMapping)root.Find("queues")!).Entries
            .Where(each => each.Key.Text != queue && (((each.Value as YamlMapping)?.Find("calendar") as YamlScalar)?.Text ?? usual) == calendar)
            .Select(each => each.Key.Text)];
    }
}

/// <summary>One value of the file while it is being changed.</summary>
internal sealed class FormValue
{
    private readonly ImmutableArray<string> _path;
    private readonly string _before;

    /// <param name="within">The map that has it, where the file has that.</param>
    public FormValue(ImmutableArray<string> path, YamlMapping? within)
        : this(path, (within?.Find(path[^1]) as YamlScalar)?.Text ?? "")
    {
    }

    public FormValue(ImmutableArray<string> path, string before) => (_path, _before, Now) = (path, before, before);

    /// <summary>Empty: the file shall say nothing.</summary>
    public string Now { get; set; }

    public IEnumerable<YamlChange> Changes() =>
        Now.Trim() is var now && now == _before ? [] : [new YamlChange(_path, now.Length == 0 ? null : YamlChange.Word(now))];
}
