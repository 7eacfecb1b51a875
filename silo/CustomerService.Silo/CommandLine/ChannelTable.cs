using System.Globalization;
using System.Text;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Explanations;

namespace CustomerService.Silo.CommandLine;

/// <summary>How the accounts do, as a table for people, with what is wrong under it.</summary>
internal static class ChannelTable
{
    private const string Never = "-";

    private static readonly (string Name, Func<AccountStatus, DateTimeOffset, string> Value)[] Columns =
    [
        ("account", (account, _) => account.Account),
        ("channel", (account, _) => account.Channel ?? Never),
        ("state", (account, _) => account.State),
        ("received", (account, now) => Ago(account.LastReceivedAt, now)),
        ("sent", (account, now) => Ago(account.LastSentAt, now)),
        ("failures", (account, _) => account.FailuresInARow.ToString(CultureInfo.InvariantCulture)),
        ("waiting", (account, _) => account.Waiting.ToString(CultureInfo.InvariantCulture)),
        ("mailbox", (account, _) => account.Follower?.State ?? Never),
    ];

    public static string Of(ChannelReport report)
    {
        if (report.Accounts.IsEmpty)
            return "channels.yaml names no accounts.";
        var text = new StringBuilder();
        var rows = report.Accounts.Select(account => Columns.Select(column => column.Value(account, report.At)).ToArray()).Prepend([.. Columns.Select(column => column.Name)]).ToArray();
        var widths = Columns.Select((_, index) => rows.Max(row => row[index].Length)).ToArray();
        foreach (var row in rows)
            text.AppendLine(string.Join("  ", row.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd());
        text.AppendLine();
        foreach (var account in report.Accounts)
        {
            foreach (var (what, words) in Troubles(account, report.At))
                text.AppendLine(CultureInfo.InvariantCulture, $"{account.Account}: {what}: {words}");
        }

        text.Append(CultureInfo.InvariantCulture, $"{report.Process}, for {Durations.Words(report.At - report.Since)}, at {report.At:yyyy-MM-dd HH:mm:ss} UTC");
        return text.ToString();
    }

    private static IEnumerable<(string What, string Words)> Troubles(AccountStatus account, DateTimeOffset now)
    {
        if (account.Why is { } why)
            yield return (account.State, why);
        if (account.PausedUntil is { } until)
            yield return ("tried again", $"in {Durations.Words(until - now)}");
        if (account.WaitingSince is { } since)
            yield return ("waiting", $"{account.Waiting} of its conversations, the oldest for {Durations.Words(now - since)}");
        if (account.Why is null && account.LastFailure is { } failure)
            yield return ("last failure", $"{Ago(failure.At, now)}, {failure.Reason}");
        if (account.LastRefusedRequest is { } refused)
            yield return ("last request not let in", $"{Ago(refused.At, now)}, {refused.Reason}");
    }

    private static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is { } time ? $"{Durations.Words(now - time)} ago" : Never;
}
