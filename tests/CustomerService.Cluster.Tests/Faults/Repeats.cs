using System.Globalization;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>How long and how often faults are tried: shortly within <c>./test</c>, at length by the command that README.md of this project names.</summary>
internal static class Repeats
{
    /// <summary>Set to the number of repeats for the long form.</summary>
    public const string Variable = "CLUSTER_REPEATS";

    /// <summary>Whether limits of time are asserted, and outages last as long as they may in production.</summary>
    public static bool IsLong { get; } = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var asked) && asked > 0;

    public static int Kills { get; } = IsLong ? int.Parse(Environment.GetEnvironmentVariable(Variable)!, CultureInfo.InvariantCulture) : 1;

    public static TimeSpan Outage { get; } = TimeSpan.FromSeconds(IsLong ? 30 : 10);

    public static TimeSpan Freeze { get; } = TimeSpan.FromSeconds(IsLong ? 20 : 10);

    /// <summary>Acknowledged messages between two faults.</summary>
    public static int Between { get; } = IsLong ? 60 : 25;

    /// <summary>How long a customer reads before they write again: in the short form the machine is left something for the processes that start and stop.</summary>
    public static TimeSpan Reading { get; } = IsLong ? TimeSpan.Zero : TimeSpan.FromMilliseconds(200);

    /// <summary>How long a cluster may take to come to rest; it bounds a hang and judges nothing.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(180);
}
