using CustomerService.Grains.Journal;

namespace CustomerService.Grains.Audit;

/// <summary>The first place at which the audit log is not as it was written.</summary>
/// <param name="Number">Of the record.</param>
public sealed record AuditFault(long Number, string What);

/// <summary>
/// Reads the audit log from its first record on and finds the first that was changed, taken out, put in or swapped; at the end it says whether some are missing there. It
/// keeps nothing of what it read, so a log of any length can be verified.
/// </summary>
public sealed class AuditVerifier
{
    /// <summary>How many records are as they were written.</summary>
    public long Count { get; private set; }

    /// <summary>Of the last of those.</summary>
    public string Hash { get; private set; } = AuditChain.Start;

    /// <summary>Null: none so far.</summary>
    public AuditFault? Fault { get; private set; }

    /// <summary>Reads the next record, in the order of the journal.</summary>
    /// <returns>False from the first fault on.</returns>
    public bool Add(JournalEntry entry)
    {
        if (Fault is not null)
            return false;
        var expected = Count + 1;
        Fault = entry switch
        {
            { Sequence: var sequence } when sequence > expected => new AuditFault(expected, $"record {expected} is missing; after {Count} comes {sequence}"),
            { Sequence: var sequence } when sequence < expected => new AuditFault(sequence, $"a record {sequence} stands after record {Count}"),
            { Event: not ActNoted } => new AuditFault(expected, $"record {expected} is no act"),
            { Event: ActNoted act } when act.Number != expected => new AuditFault(expected, $"in the place of record {expected} stands record {act.Number}"),
            { Event: ActNoted act } when act.Hash != AuditChain.HashOf(act, Hash) => new AuditFault(expected, $"record {expected} is not as it was written, or one before it was changed together with its hash"),
            _ => null,
        };
        if (Fault is not null)
            return false;
        (Count, Hash) = (expected, ((ActNoted)entry.Event).Hash);
        return true;
    }

    /// <summary>The next record is there and can't be read.</summary>
    public void AddUnreadable(string why) => Fault ??= new AuditFault(Count + 1, $"record {Count + 1} can't be read: {why}");

    /// <summary>All that there is was read up to this count; holds its last record against what was noted of it elsewhere.</summary>
    /// <param name="noted">The grain's own head as it was before the records were read, or one that somebody wrote down.</param>
    public AuditFault? HoldAgainst(AuditHead noted) => Fault ??= noted.Count > Count
        ? new AuditFault(Count + 1, $"the log ends after record {Count}, and {noted.Count} were written")
        : noted.Count == Count && noted.Hash != Hash
            ? new AuditFault(Count, $"record {Count} is another than the one that was written")
            : null;
}
