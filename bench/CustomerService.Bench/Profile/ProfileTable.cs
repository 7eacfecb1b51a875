using System.Globalization;
using System.Text;

namespace CustomerService.Bench.Profile;

/// <summary>The stages of one message, the dearest first within each part.</summary>
/// <param name="bodies">Microseconds a message to write events and effects to JSON.</param>
/// <param name="transactions">Transactions a message.</param>
internal sealed class ProfileTable(StageTimes times, int messages, double bodies, double transactions)
{
    public const string Commits = "commit: ";

    private const string Tasks = "task: ";

    private static readonly string[] Totals = [LoneMessages.ToAcknowledged, LoneMessages.ToOutcome, LoneMessages.Whole];

    public override string ToString()
    {
        var whole = times.Mean(LoneMessages.Whole, messages);
        var stages = times.Stages.Except(Totals).Select(stage => (Stage: stage, Time: times.Mean(stage, messages)))
            .Append((Stage: "events and effects to JSON", Time: bodies))
            .OrderByDescending(stage => stage.Time).ToList();
        var commits = stages.Where(stage => IsCommit(stage.Stage)).Sum(stage => stage.Time);
        var known = stages.Sum(stage => stage.Time);

        var text = new StringBuilder();
        Line("the pipeline's tasks", stages.Where(stage => IsTask(stage.Stage)).Sum(stage => stage.Time));
        foreach (var (stage, time) in stages.Where(stage => IsTask(stage.Stage)))
            Line("  " + stage[Tasks.Length..], time);
        foreach (var (stage, time) in stages.Where(stage => !IsTask(stage.Stage) && !IsCommit(stage.Stage)))
            Line(stage, time);
        Line("mailboxes, thread pool, waking", whole - known);
        Line("all but commits", whole - commits);
        Line(string.Create(CultureInfo.InvariantCulture, $"commits ({transactions:0.0} transactions)"), commits);
        foreach (var (stage, time) in stages.Where(stage => IsCommit(stage.Stage)))
            Line("  " + stage[Commits.Length..], time);
        foreach (var total in Totals)
            Line(total, times.Mean(total, messages));
        return text.ToString();

        void Line(string name, double time) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-36} {time,8:0.0} us {time / whole,7:0.0%}");
    }

    private static bool IsTask(string stage) => stage.StartsWith(Tasks, StringComparison.Ordinal);

    private static bool IsCommit(string stage) => stage.StartsWith(Commits, StringComparison.Ordinal);
}
