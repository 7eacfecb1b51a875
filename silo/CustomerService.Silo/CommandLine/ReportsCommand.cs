using System.CommandLine;
using System.Globalization;
using CustomerService.Grains.Explanations;
using CustomerService.Pipelines.Routing;
using CustomerService.Reporting.Figures;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>reports figures</c>: what happened, in numbers. It brings them up with the journal first, whether the system runs or not.</summary>
internal static class ReportsCommand
{
    public static Command Create() => new("reports", "What happened, in numbers.") { CreateFigures() };

    private static Command CreateFigures()
    {
        var system = new WhichSystem();
        var content = CommonOptions.Content();
        var days = CommonOptions.Number("--days", 7, 1, FiguresQuestion.MaxDays, "Of so many whole days, the last of which is today.");
        var channel = new Option<string?>("--channel") { Description = "Only of this channel.", HelpName = "NAME" };
        var language = new Option<string?>("--language") { Description = "Only in this language.", HelpName = "CODE" };
        var intent = new Option<string?>("--intent") { Description = "Only about this.", HelpName = "NAME" };
        var queue = new Option<string?>("--queue") { Description = "Only of this queue.", HelpName = "NAME" };
        var csv = new Option<bool>("--csv") { Description = "As a table for spreadsheets, in full." };
        var command = new Command("figures", "Cases, automation, response times, satisfaction, with as long before beside them.") { days, channel, language, intent, queue, csv, content };
        command.With(system.Options).SetAction(async (parsed, cancellation) =>
        {
            var routing = ContentFolder.Find(parsed.GetValue(content)).Routing;
            var zone = FiguresKeeping.ZoneOf(Readable(() => RoutingRulesFile.Parse(File.ReadAllText(routing), routing)));
            await using var store = await system.OpenAsync(parsed, cancellation);
            var records = await system.RecordsAsync(parsed, cancellation);
            await using var closing = records as IAsyncDisposable;
            var figures = new FiguresFromCases(await UpAsync(store, Readable(records.OpenFigures), cancellation), () => zone);
            var report = await figures.ReadAsync(
                FiguresQuestion.LastDays(parsed.GetValue(days), TimeProvider.System.GetUtcNow(), zone) with
                {
                    Channel = parsed.GetValue(channel),
                    Language = parsed.GetValue(language),
                    Intent = parsed.GetValue(intent),
                    Queue = parsed.GetValue(queue),
                },
                cancellation);
            if (parsed.GetValue(csv))
                Console.Write(FiguresCsv.Of(report));
            else
                Show(report);
            return 0;
        });
        return command;
    }

    private static async Task<CaseTables> UpAsync(StoredSystem store, CaseTables tables, CancellationToken cancellation)
    {
        var keeper = new CaseKeeper(store.Journal, tables, NullLogger<CaseKeeper>.Instance);
        while (await keeper.AdvanceAsync(cancellation))
        {
            // Up to the journal's end; a running system does the same, and each stretch counts once.
        }

        return tables;
    }

    private static void Show(FiguresReport report)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Local(report.From):yyyy-MM-dd HH:mm} to {Local(report.Until):yyyy-MM-dd HH:mm}, {report.TimeZone}; in brackets as long before"));
        Line("cases", each => each.Cases.ToString(CultureInfo.InvariantCulture));
        Line("automated", each => Percent(each.AutomationRate));
        Line("first answer", each => Times(each.FirstResponse));
        Line("a person's first word", each => Times(each.PersonResponse));
        Line("until settled", each => Times(each.Resolution));
        Line("service level", each => Percent(each.ServiceLevel));
        Line("satisfaction", each => each.Satisfaction is { } mean ? string.Create(CultureInfo.InvariantCulture, $"{mean:0.0} of 5, by {each.Ratings}") : "-");
        foreach (var (what, slices) in new[] { ("channel", report.Channels), ("language", report.Languages), ("intent", report.Intents), ("queue", report.Queues) })
        {
            foreach (var slice in slices.Take(10))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-9} {(slice.Key.Length == 0 ? "-" : slice.Key),-22} {slice.Measures.Cases,7}   automated {Percent(slice.Measures.AutomationRate),4}   first answer {Times(slice.Measures.FirstResponse)}"));
        }

        void Line(string name, Func<Measures, string> value) => Console.WriteLine($"{name,-22} {value(report.Total)}  ({value(report.Before)})");
        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, report.TimeZone);
    }

    private static string Percent(double? share) => share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part * 100:0}%") : "-";

    private static string Times(Quantiles? times) => times is null ? "-" : $"half within {Length(times.P50)}, nine of ten within {Length(times.P90)}";

    private static string Length(double seconds) => seconds < 10 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : Durations.Words(TimeSpan.FromSeconds(seconds));

    private static T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(fault.Message);
        }
    }
}
