namespace CustomerService.Cluster.Tests.Checking;

/// <summary>Judges a run by what its clients saw and what is stored. It asks no running part of the system.</summary>
internal static class Checker
{
    /// <returns>What does not hold, each in one line; empty: all does.</returns>
    public static IReadOnlyList<string> Judge(Evidence evidence) =>
    [
        .. JournalRules.Violations(evidence),
        .. TranscriptRules.Violations(evidence),
        .. AssignmentRules.Violations(evidence),
        .. DeskRules.Violations(evidence),
        .. evidence.Leftovers.Select(left => $"left behind: {left}"),
    ];
}
