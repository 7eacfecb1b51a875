using System.Globalization;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Reports;

/// <summary>Waits and occupancy by queue over the day: a row for each queue, all on the same clock.</summary>
public static class DayPlot
{
    private const double Width = 1_180;
    private const double Top = 128;
    private const double RowHeight = 104;
    private const double PlotHeight = 70;
    private const double WaitsX = 214;
    private const double WaitsWidth = 520;
    private const double BusyX = 800;
    private const double BusyWidth = 340;

    private const string Style = """

        .paper { fill: #ffffff } text { fill: #1f2933; font-size: 12px }
        .title { font-size: 20px; font-weight: 600 } .sub { fill: #616e7c } .queue { font-size: 14px; font-weight: 600 }
        .tick { fill: #616e7c; font-size: 11px } .head { font-size: 12px; font-weight: 600 } .grid { stroke: #e4e7eb } .axis { stroke: #9aa5b1 }
        .area { fill: #1273cf; fill-opacity: .18 } .mean { fill: none; stroke: #1273cf; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }
        .most { fill: none; stroke: #1273cf; stroke-width: 1; stroke-dasharray: 2 2; stroke-linejoin: round }
        .present { fill: none; stroke: #7b8794; stroke-width: 1.6; stroke-linejoin: round }
        .busy { fill: none; stroke: #0f8a6d; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round } .busyarea { fill: #0f8a6d; fill-opacity: .13 }
        .limit { stroke: #d64545; stroke-opacity: .55; stroke-dasharray: 4 3 } .incident { fill: #f0a202; fill-opacity: .22 }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #14181d } text { fill: #e4e7eb } .sub, .tick { fill: #9aa5b1 } .grid { stroke: #2a323b } .axis { stroke: #52606d }
          .area { fill: #58a6ff } .mean, .most { stroke: #58a6ff } .present { stroke: #9aa5b1 } .busy { stroke: #3fcfa8 } .busyarea { fill: #3fcfa8 }
          .limit { stroke: #ff8080 }
        }

        """;

    public static string Svg(CentreReport report)
    {
        var queues = report.WhatIf.Queues;
        var height = Top + (queues.Length * RowHeight) + 56;
        var svg = new SvgText(Width, height, "Waits and occupancy by queue over the day", Style);
        Head(svg, report);
        for (var row = 0; row < queues.Length; row++)
            Row(svg, report, queues[row], Top + (row * RowHeight));
        Hours(svg, report, Top + (queues.Length * RowHeight) - RowHeight + PlotHeight);
        return svg.ToString();
    }

    private static void Head(SvgText svg, CentreReport report)
    {
        var total = report.WhatIf.Total;
        svg.Words("title", 24, 36, "start", "Waits and occupancy by queue over the day");
        svg.Words("sub", 24, 58, "start", Invariant(
            $"{TimeZoneInfo.ConvertTime(report.WhatIf.From, report.Zone):dddd d MMMM yyyy} ({report.Zone.Id}) · {total.Contacts:N0} contacts · {report.WhatIf.AgentsAtWork} agents · rules {report.WhatIf.Policy}, roster {report.WhatIf.Roster}{(report.Present is null ? "" : $" · beside {report.Present.Policy}, {report.Present.Roster}")}"));
        Key(svg, report);
        svg.Words("head", WaitsX, Top - 12, "start", "Wait of those who came then");
        svg.Words("head", BusyX, Top - 12, "start", "Agents busy, % of their time");
    }

    private static void Key(SvgText svg, CentreReport report)
    {
        var x = 24d;
        var suffix = report.Present is null ? "" : ", what if";
        Entry("mean", $"average wait{suffix}", line: true);
        Entry("most", $"nine in ten at most{suffix}", line: true);
        Entry("busy", $"agents busy{suffix}", line: true);
        if (report.Present is not null)
            Entry("present", "the same at present", line: true);
        Entry("limit", "busy 90 %: too much for hours", line: true);
        if (report.Arrivals.Incidents.OfType<Incident.QueuePaused>().Any())
            Entry("incident", "queue paused", line: false);

        void Entry(string kind, string words, bool line)
        {
            if (line)
                svg.Line(kind, x, 82, x + 26, 82);
            else
                svg.Box(kind, x, 76, 26, 12);
            svg.Words("sub", x + 33, 86, "start", words);
            x += 33 + (words.Length * 6.3) + 22;
        }
    }

    private static void Row(SvgText svg, CentreReport report, QueueFigures queue, double y)
    {
        var present = report.Present?.Queues.FirstOrDefault(other => other.Queue == queue.Queue);
        var drawn = queue.Course.SelectMany(step => new[] { step.P90Wait, step.MeanWait }).Concat((present?.Course ?? []).Select(step => step.MeanWait));
        var scale = AxisScale.OfWaits(drawn.Max() ?? 0);
        svg.Words("queue", 24, y + 16, "start", queue.Queue);
        svg.Words("sub", 24, y + 34, "start", Invariant($"{queue.Contacts:N0} contacts"));
        svg.Words("sub", 24, y + 50, "start", $"in time {Compared(present?.ServiceLevel, queue.ServiceLevel)}");
        svg.Words("sub", 24, y + 66, "start", Invariant($"gave up {(present is null ? "" : $"{present.GaveUp:N0} → ")}{queue.GaveUp:N0}"));
        Frame(svg, report, WaitsX, WaitsWidth, y);
        Frame(svg, report, BusyX, BusyWidth, y);
        for (var part = 0; part <= 2; part++)
        {
            var at = y + PlotHeight - (PlotHeight * part / 2);
            svg.Words("tick", WaitsX - 6, at + 4, "end", scale.Label(scale.Top * part / 2));
            svg.Words("tick", BusyX - 6, at + 4, "end", $"{part * 50} %");
        }

        Pauses(svg, report, queue.Queue, y);
        svg.Line("limit", BusyX, y + (PlotHeight * 0.1), BusyX + BusyWidth, y + (PlotHeight * 0.1));
        var mean = Points(report.WhatIf, queue, WaitsX, WaitsWidth, y, step => step.MeanWait / scale.Top);
        var busy = Points(report.WhatIf, queue, BusyX, BusyWidth, y, step => step.Occupancy);
        svg.Area("area", mean, y + PlotHeight);
        svg.Area("busyarea", busy, y + PlotHeight);
        if (present is not null)
        {
            svg.Path("present", Points(report.Present!, present, WaitsX, WaitsWidth, y, step => step.MeanWait / scale.Top, report.WhatIf));
            svg.Path("present", Points(report.Present!, present, BusyX, BusyWidth, y, step => step.Occupancy, report.WhatIf));
        }

        svg.Path("most", Points(report.WhatIf, queue, WaitsX, WaitsWidth, y, step => step.P90Wait / scale.Top));
        svg.Path("mean", mean);
        svg.Path("busy", busy);
    }

    private static void Frame(SvgText svg, CentreReport report, double x, double width, double y)
    {
        foreach (var (_, at) in HoursOf(report, x, width))
            svg.Line("grid", at, y, at, y + PlotHeight);
        for (var part = 1; part <= 2; part++)
            svg.Line("grid", x, y + PlotHeight - (PlotHeight * part / 2), x + width, y + PlotHeight - (PlotHeight * part / 2));
        svg.Line("axis", x, y + PlotHeight, x + width, y + PlotHeight);
    }

    private static void Pauses(SvgText svg, CentreReport report, string queue, double y)
    {
        foreach (var paused in report.Arrivals.Incidents.OfType<Incident.QueuePaused>().Where(paused => paused.Queue == queue))
        {
            var (from, until) = (Across(report.WhatIf, paused.At, 0, 1), Across(report.WhatIf, paused.At + paused.Lasts, 0, 1));
            svg.Box("incident", WaitsX + (from * WaitsWidth), y, Math.Max(2, (until - from) * WaitsWidth), PlotHeight, paused.Subject);
            svg.Box("incident", BusyX + (from * BusyWidth), y, Math.Max(2, (until - from) * BusyWidth), PlotHeight, paused.Subject);
        }
    }

    private static void Hours(SvgText svg, CentreReport report, double y)
    {
        foreach (var (x, width) in new[] { (WaitsX, WaitsWidth), (BusyX, BusyWidth) })
        {
            foreach (var (hour, at) in HoursOf(report, x, width))
                svg.Words("tick", at, y + 18, "middle", hour);
            svg.Words("sub", x + (width / 2), y + 38, "middle", "time of day");
        }
    }

    /// <summary>So many hours as have room, each with its place.</summary>
    private static IEnumerable<(string Hour, double At)> HoursOf(CentreReport report, double x, double width)
    {
        var figures = report.WhatIf;
        var length = figures.Until - figures.FirstStep;
        var every = new[] { 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168 }.First(hours => length.TotalHours / hours * 44 <= width || hours == 168);
        var first = TimeZoneInfo.ConvertTime(figures.FirstStep, report.Zone);
        var step = TimeSpan.FromHours(every);
        var begin = first.AddTicks((step.Ticks - (first.TimeOfDay.Ticks % step.Ticks)) % step.Ticks);
        for (var at = begin; at <= figures.Until; at += step)
            yield return (at.ToString(every >= 24 ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture), Across(figures, at, x, width));
    }

    private static (double X, double Y)?[] Points(
        CentreFigures figures, QueueFigures queue, double x, double width, double y, Func<StepFigures, double?> value, CentreFigures? clock = null) =>
    [
        .. queue.Course.Select((step, place) => value(step) is { } part
            ? ((double X, double Y)?)(
                Math.Clamp(Across(clock ?? figures, figures.FirstStep.AddMinutes((place + 0.5) * figures.StepMinutes), x, width), x, x + width),
                y + (PlotHeight * (1 - Math.Min(1, part))))
            : null),
    ];

    private static double Across(CentreFigures clock, DateTimeOffset at, double x, double width) =>
        x + (width * ((at - clock.FirstStep) / (clock.Until - clock.FirstStep)));

    private static string Compared(double? present, double? now) =>
        $"{(present is { } was ? Invariant($"{was * 100:0} → ") : "")}{(now is { } share ? Invariant($"{share * 100:0} %") : "-")}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
