using System.CommandLine;
using System.Globalization;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Pipelines.Definitions;
using CustomerService.Reporting.Alerts;
using CustomerService.Silo.Alerts;
using Durations = CustomerService.Grains.Explanations.Durations;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>alerts list|check</c>: what is out of order, and the rules before they are in force.</summary>
internal static class AlertsCommand
{
    private const int MostPast = 20;

    public static Command Create() => new("alerts", "What is out of order by the owner's rules, and who has taken it on.") { CreateList(), CreateCheck() };

    private static Command CreateList()
    {
        var system = new WhichSystem();
        var list = new Command("list", "List what is raised, the oldest first, and what was lately.").With(system.Options);
        list.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            var view = (AlertsView)await store.Grains.AskAsync(Grain.Alerts, new GetAlerts(), cancellation);
            foreach (var alert in view.Raised)
                Console.WriteLine(Line(alert));
            Console.WriteLine(view.Raised.IsEmpty ? "Nothing is raised." : $"{view.Raised.Length} raised, {view.Raised.Count(alert => alert.IsOpen)} not taken on.");
            foreach (var alert in view.Past.Take(MostPast))
                Console.WriteLine($"  over  {Line(alert)}");
            return 0;
        });
        return list;
    }

    private static Command CreateCheck()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The rules, such as alerts.yaml. Queues that they name are looked for in the routing.yaml beside it." };
        var check = new Command("check", "Check the file; show its rules.") { file };
        check.SetAction(parsed =>
        {
            var path = parsed.GetRequiredFile(file);
            try
            {
                var rules = AlertFile.Parse(File.ReadAllText(path), path, RepliesCommand.QueuesBeside(path)).Rules;
                Console.WriteLine($"{rules.Length} rules");
                foreach (var rule in rules)
                    Console.WriteLine($"  {rule.Name,-22} {rule.Figure.Name,-18} {When(rule),-24} {rule.Severity.ToString().ToLowerInvariant()}{(rule.Each is { } each ? $", each {each}" : "")}");
                return 0;
            }
            catch (PipelineFormatException wrong)
            {
                Console.WriteLine(wrong.Message);
                return SiloCommandLine.Failed;
            }
        });
        return check;
    }

    private static string When(AlertRule rule) => rule.Kind == AlertKind.Spike ? "spike"
        : $"{(rule.Kind == AlertKind.Above ? "above" : "below")} {AlertSigns.Value(rule.Figure.Unit, rule.Limit)}{(rule.For > TimeSpan.Zero ? $" for {Durations.Words(rule.For)}" : "")}";

    private static string Line(AlertRecord alert) => string.Create(
        CultureInfo.InvariantCulture,
        $"{alert.Id}  {alert.RaisedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {alert.Finding.Severity.ToString().ToLowerInvariant(),-8}  {alert.Finding.Rule}  {alert.Finding.Said}"
        + $"{(alert.AcknowledgedBy is { } by ? $"  taken on by {by}" : "")}{(alert.Note is { } note ? $": {note}" : "")}{(alert.SnoozedUntil is { } until ? $"  put off until {until.UtcDateTime:HH:mm}" : "")}"
        + $"{(alert.ClearedAt is { } cleared ? $"  over after {Durations.Words(cleared - alert.Finding.Since)}" : "")}");
}
