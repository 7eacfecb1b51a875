using System.Collections.Immutable;
using CustomerService.Channels.Health;

namespace CustomerService.Gateway.Staff;

/// <summary>What one process has seen itself since its start.</summary>
/// <param name="Process">Its machine and its number there.</param>
/// <param name="Channels">The accounts, as far as it does something for them.</param>
public sealed record ProcessReport(string Process, ProcessPicture Figures, ImmutableArray<AccountStatus> Channels);

/// <summary>Says what this process has seen.</summary>
public sealed class ProcessReporter(ProcessFigures figures, ChannelHealth channels)
{
    private static readonly string Process = FormattableString.Invariant($"{Environment.MachineName}/{Environment.ProcessId}");

    public ProcessReport Look() => new(Process, figures.Look(), channels.Look());
}

/// <summary>What several processes have seen, as one.</summary>
public static class ProcessReports
{
    private static readonly string[] WorstFirst = [AccountStatus.Broken, AccountStatus.Paused, AccountStatus.Open];

    /// <summary>Counts are added up; of times and states the worst is told, wherever it was seen. The same process twice counts once.</summary>
    public static (ProcessPicture Figures, ImmutableArray<AccountStatus> Channels) Together(IEnumerable<ProcessReport> reports)
    {
        var each = reports.DistinctBy(report => report.Process).ToList();
        var figures = each.ConvertAll(report => report.Figures);
        var commits = figures.Select(picture => picture.Commits).Where(commits => commits.Count > 0).ToList();
        return (
            new ProcessPicture(
                new CommitTimes(
                    commits.Sum(times => times.Count),
                    commits.Select(times => times.P50Milliseconds).DefaultIfEmpty().Max(),
                    commits.Select(times => times.P99Milliseconds).DefaultIfEmpty().Max()),
                [
                    .. figures.SelectMany(picture => picture.Circuits).GroupBy(circuit => (circuit.Kind, circuit.Name)).Select(Circuit)
                        .OrderByDescending(circuit => circuit.IsOpen).ThenBy(circuit => circuit.Kind, StringComparer.Ordinal).ThenBy(circuit => circuit.Name, StringComparer.Ordinal),
                ],
                figures.SelectMany(picture => picture.Lags).GroupBy(lag => lag.Key, lag => lag.Value)
                    .ToImmutableSortedDictionary(lag => lag.Key, lag => lag.Max(), StringComparer.Ordinal),
                figures.Sum(picture => picture.Refused),
                figures.Sum(picture => picture.FailedAttempts)),
            [.. each.SelectMany(report => report.Channels).GroupBy(account => account.Account, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal).Select(Account)]);
    }

    /// <summary>Open where it is open for any, since the first of them; else closed since the last was.</summary>
    private static ServiceCircuit Circuit(IEnumerable<ServiceCircuit> same) =>
        same.Where(circuit => circuit.IsOpen).MinBy(circuit => circuit.Since) ?? same.MaxBy(circuit => circuit.Since)!;

    private static AccountStatus Account(IEnumerable<AccountStatus> same)
    {
        var worst = same.MinBy(account => Array.IndexOf(WorstFirst, account.State))!;
        return worst with
        {
            Channel = worst.Channel ?? same.Select(account => account.Channel).FirstOrDefault(channel => channel is not null),
            LastReceivedAt = same.Max(account => account.LastReceivedAt),
            LastSentAt = same.Max(account => account.LastSentAt),
            FailuresInARow = same.Max(account => account.FailuresInARow),
            LastFailure = same.MaxBy(account => account.LastFailure?.At)!.LastFailure,
            PausedUntil = same.Max(account => account.PausedUntil),
            Waiting = same.Sum(account => account.Waiting),
            WaitingSince = same.Min(account => account.WaitingSince),
            Follower = worst.Follower ?? same.Select(account => account.Follower).FirstOrDefault(follower => follower is not null),
            LastRefusedRequest = same.MaxBy(account => account.LastRefusedRequest?.At)!.LastRefusedRequest,
        };
    }
}
