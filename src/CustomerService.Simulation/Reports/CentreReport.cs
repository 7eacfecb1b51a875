using System.Globalization;
using System.Text;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Reports;

/// <summary>One centre's figures, or two side by side, as a text for its manager.</summary>
/// <param name="Present">What it is compared with; null: with nothing.</param>
public sealed record CentreReport(Arrivals Arrivals, TimeZoneInfo Zone, CentreFigures WhatIf, CentreFigures? Present)
{
    private const string PresentName = "present";
    private const string WhatIfName = "what if";

    public override string ToString()
    {
        var text = new StringBuilder();
        Head(text);
        text.Append("\nThe whole centre\n").Append(Whole());
        text.Append("\nQueues\n").Append(Queues());
        text.Append("\nLoad by tier\n").Append(Tiers());
        Remarks(text);
        text.Append('\n').Append(Notes());
        return text.ToString();
    }

    private void Head(StringBuilder text)
    {
        var (from, until) = (TimeZoneInfo.ConvertTime(WhatIf.From, Zone), TimeZoneInfo.ConvertTime(WhatIf.Until, Zone));
        var day = from.Date == until.Date
            ? Invariant($"{from:dddd d MMMM yyyy}, {from:HH:mm} to {until:HH:mm}")
            : Invariant($"{from:d MMMM yyyy HH:mm} to {until:d MMMM yyyy HH:mm}");
        text.Append(Invariant($"{day} ({Zone.Id}): {WhatIf.Total.Contacts:N0} contacts from {Arrivals.Source}\n"));
        if (Present is not null)
            text.Append(Invariant($"  {PresentName}: {Setting(Present)}\n"));
        text.Append(Invariant($"  {(Present is null ? "played" : WhatIfName)}: {Setting(WhatIf)}\n"));
    }

    private static string Setting(CentreFigures figures) =>
        Invariant($"rules {figures.Policy}, roster {figures.Roster} ({figures.AgentsAtWork} of {figures.AgentsOnRoster} agents at work)");

    private TextTable Whole()
    {
        var table = Present is null ? new TextTable("", "") : new TextTable("", PresentName, WhatIfName, "change");
        Add("answered in time", figures => Share(figures.ServiceLevel), figures => figures.ServiceLevel, Points);
        Add("answered", figures => Count(figures.Answered), figures => figures.Answered, Counts);
        Add("gave up", figures => $"{Count(figures.GaveUp)} ({Share(figures.Abandonment)})", figures => figures.GaveUp, Counts);
        Add("still waiting", figures => Count(figures.StillWaiting), figures => figures.StillWaiting, Counts);
        Add("average wait", figures => Time(figures.Wait?.Mean), figures => figures.Wait?.Mean, Times);
        Add("half waited at most", figures => Time(figures.Wait?.P50), figures => figures.Wait?.P50, Times);
        Add("nine in ten at most", figures => Time(figures.Wait?.P90), figures => figures.Wait?.P90, Times);
        Add("longest wait", figures => Time(figures.Wait?.Max), figures => figures.Wait?.Max, Times);
        Add("agents busy", figures => Share(figures.Occupancy), figures => figures.Occupancy, Points);
        Add("escalated", figures => Count(figures.Escalations), figures => figures.Escalations, Counts);
        Add("promises broken", figures => Count(figures.Breaches), figures => figures.Breaches, Counts);
        Add("went back into the line", figures => Count(figures.Returns), figures => figures.Returns, Counts);
        Add("asked to be called back", figures => Count(figures.CallbacksAsked), figures => figures.CallbacksAsked, Counts);
        return table;

        void Add(string name, Func<QueueFigures, string> show, Func<QueueFigures, double?> value, Func<double, string> change)
        {
            if (Present is null)
                table.Add(name, show(WhatIf.Total));
            else
                table.Add(name, show(Present.Total), show(WhatIf.Total), value(WhatIf.Total) - value(Present.Total) is { } by ? change(by) : "");
        }
    }

    private TextTable Queues()
    {
        var table = Present is null
            ? new TextTable("", "contacts", "in time", "avg wait", "9 in 10", "longest", "gave up", "moved on", "work", "busy")
            : new TextTable("", "", "contacts", "in time", "avg wait", "9 in 10", "longest", "gave up", "moved on", "work", "busy");
        foreach (var name in WhatIf.Queues.Concat(Present?.Queues ?? []).Select(queue => queue.Queue).Distinct().Order(StringComparer.Ordinal))
        {
            if (Present is not null)
                table.Add([name, PresentName, .. Row(Present, name)]);
            table.Add(Present is null ? [name, .. Row(WhatIf, name)] : ["", WhatIfName, .. Row(WhatIf, name)]);
        }

        return table;
    }

    private static string[] Row(CentreFigures figures, string name) => figures.Queues.FirstOrDefault(queue => queue.Queue == name) is { } queue
        ?
        [
            Count(queue.Contacts), Share(queue.ServiceLevel), Time(queue.Wait?.Mean), Time(queue.Wait?.P90), Time(queue.Wait?.Max),
            Count(queue.GaveUp), Count(queue.MovedOn), Hours(queue.WorkHours), Share(queue.Occupancy),
        ]
        : ["-", "-", "-", "-", "-", "-", "-", "-", "-"];

    private TextTable Tiers()
    {
        var table = Present is null ? new TextTable("", "answered", "work", "share") : new TextTable("", "", "answered", "work", "share");
        foreach (var name in WhatIf.Tiers.Concat(Present?.Tiers ?? []).Select(tier => tier.Tier).Distinct().Order(StringComparer.Ordinal))
        {
            var label = name == "-" ? "(no tier)" : name;
            if (Present is not null)
                table.Add([label, PresentName, .. Tier(Present, name)]);
            table.Add(Present is null ? [label, .. Tier(WhatIf, name)] : ["", WhatIfName, .. Tier(WhatIf, name)]);
        }

        return table;
    }

    private static string[] Tier(CentreFigures figures, string name) => figures.Tiers.FirstOrDefault(tier => tier.Tier == name) is { } tier
        ? [Count(tier.Answered), Hours(tier.WorkHours), Share(tier.Share)]
        : ["-", "-", "-"];

    private void Remarks(StringBuilder text)
    {
        if (Present is not null)
            Write($"What stood out at {PresentName}", Present);
        Write(Present is null ? "What stands out" : $"What stands out in the {WhatIfName}", WhatIf);

        void Write(string title, CentreFigures figures)
        {
            if (figures.Remarks.IsEmpty)
                return;
            text.Append('\n').Append(title).Append('\n');
            foreach (var remark in figures.Remarks)
                text.Append("  - ").Append(remark).Append('\n');
        }
    }

    private string Notes()
    {
        var notes = new StringBuilder("How to read it\n");
        IEnumerable<string> all =
        [
            "In time: the first response came within what the queue promises, in its hours of business; who gave up counts as not in time.",
            "Waits are those of who was answered, from the handoff to the first agent. Busy: serving or wrapping up, of the time in which agents were on shift and available.",
            "Conversations, queues and agents are the product's own; people and their times are simulated, and the pipeline is not run again.",
            .. Arrivals.Assumptions,
        ];
        foreach (var note in all)
            notes.Append("  - ").Append(note).Append('\n');
        return notes.ToString();
    }

    private static string Share(double? share) => share is { } value ? Invariant($"{value * 100:0.0} %") : "-";

    private static string Time(double? seconds) => seconds is { } value ? DayText.Short(value) : "-";

    private static string Count(double count) => Invariant($"{count:N0}");

    private static string Hours(double hours) => Invariant($"{hours:N1} h");

    private static string Points(double change) => Math.Abs(change) < 0.0005 ? "=" : Invariant($"{change * 100:+0.0;-0.0} points");

    private static string Counts(double change) => change == 0 ? "=" : Invariant($"{change:+#,0;-#,0}");

    private static string Times(double change) => Math.Abs(change) < 0.5 ? "=" : (change > 0 ? "+" : "-") + DayText.Short(Math.Abs(change));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
