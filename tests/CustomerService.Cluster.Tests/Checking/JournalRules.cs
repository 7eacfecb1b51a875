namespace CustomerService.Cluster.Tests.Checking;

/// <summary>The journal is whole: each grain's events are numbered from 1 without gaps, and the later has the higher position.</summary>
internal static class JournalRules
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        foreach (var position in evidence.Journal.GroupBy(entry => entry.Position).Where(same => same.Count() > 1))
            yield return $"position given twice: {position.Key} to {string.Join(" and ", position.Select(entry => entry.Grain))}";

        foreach (var grain in evidence.OfGrain)
        {
            var (expected, position) = (0L, 0L);
            foreach (var entry in grain)
            {
                if (entry.Sequence != ++expected)
                {
                    yield return $"gap in the journal: {grain.Key} has #{entry.Sequence} where #{expected} should be";
                    break;
                }

                if (entry.Position < position)
                    yield return $"order of positions: {grain.Key} has #{entry.Sequence} at {entry.Position}, before the one before it at {position}";
                position = entry.Position;
            }
        }
    }
}
