using System.Globalization;
using System.Text;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Explanations;

namespace CustomerService.Silo.CommandLine;

/// <summary>A cluster's status as a table for people.</summary>
internal static class ClusterTable
{
    private const string Unknown = "-";

    private static readonly (string Name, Func<SiloStatus, DateTimeOffset, string> Value, bool IsNumber)[] Columns =
    [
        ("silo", (silo, _) => silo.Name, false),
        ("address", (silo, _) => silo.Address, false),
        ("status", (silo, _) => silo.Status, false),
        ("up for", (silo, now) => IsKnown(silo) ? Durations.Words(now - silo.Since) : Unknown, true),
        ("grains", (silo, _) => Figure(silo, silo.Activations.Values.Sum()), true),
        ("calls/s", (silo, _) => Figure(silo, silo.CallsPerSecond, "0.0"), true),
        ("p50 ms", (silo, _) => Figure(silo, silo.P50Milliseconds, "0.0"), true),
        ("p99 ms", (silo, _) => Figure(silo, silo.P99Milliseconds, "0.0"), true),
        ("work", (silo, _) => Figure(silo, silo.WorkRunning), true),
        ("waits", (silo, _) => Figure(silo, silo.WorkBacklog), true),
        ("tells", (silo, _) => Figure(silo, silo.PendingTells), true),
        ("conflicts", (silo, _) => Figure(silo, silo.VersionConflicts), true),
        ("cpu %", (silo, _) => silo.CpuPercent is { } percent ? Figure(silo, percent) : Unknown, true),
        ("MB", (silo, _) => silo.MemoryMegabytes is { } megabytes ? Figure(silo, megabytes) : Unknown, true),
    ];

    public static string Of(ClusterStatus status)
    {
        var text = new StringBuilder();
        var rows = status.Silos.Select(silo => Columns.Select(column => column.Value(silo, status.At)).ToArray()).ToArray();
        var widths = Columns.Select((column, index) => rows.Select(row => row[index].Length).Append(column.Name.Length).Max()).ToArray();
        Line(Columns.Select(column => column.Name));
        foreach (var row in rows)
            Line(row);

        text.AppendLine();
        var kinds = status.Silos.SelectMany(silo => silo.Activations).GroupBy(kind => kind.Key, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal);
        text.AppendLine(CultureInfo.InvariantCulture, $"{status.Host}, {Count(status.Silos.Count(silo => silo.Status == "active"), "active silo")} of {status.Silos.Length}, at {status.At:yyyy-MM-dd HH:mm:ss} UTC");
        foreach (var gone in status.Gone)
            text.AppendLine(CultureInfo.InvariantCulture, $"gone        {gone.Name}, {gone.Address}, since {gone.At:HH:mm:ss} UTC");
        text.AppendLine($"in memory   {(kinds.Any() ? string.Join(", ", kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Sum(silo => silo.Value)}"))) : "no grains")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"to be done  {Count(status.UnfinishedEffects, "unfinished effect")}, {Count(status.AlarmsDue, "alarm")} due, {status.AlarmsWaiting} for later");
        text.Append(CultureInfo.InvariantCulture, $"parked      {Count(status.ParkedCommands, "command")}{(status.ParkedCommands > 0 ? ": see 'parked list'" : "")}");
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.AppendLine(string.Join("  ", cells.Select((cell, index) =>
            Columns[index].IsNumber ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]))).TrimEnd());
    }

    /// <summary>A silo that does not answer has figures that mean nothing.</summary>
    private static bool IsKnown(SiloStatus silo) => silo.Since != default;

    private static string Figure(SiloStatus silo, double value, string format = "0") => IsKnown(silo) ? value.ToString(format, CultureInfo.InvariantCulture) : Unknown;

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
