using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>Reads the audit log. Who may, is asked at the door: <see cref="Permission.SeeAudit"/>, and <see cref="Permission.ExportAudit"/> to take it away.</summary>
/// <param name="grains">Stored or running.</param>
public sealed class AuditLog(IGrainClient grains, IJournal journal)
{
    private const int PageLength = 500;

    /// <summary>The records before a number, the newest first.</summary>
    /// <param name="before">Null: from the last.</param>
    public async ValueTask<IReadOnlyList<ActNoted>> ReadBackAsync(long? before, int limit, CancellationToken cancellation = default)
    {
        var end = before ?? (await HeadAsync(cancellation)).Count + 1;
        var first = Math.Max(1, end - limit);
        if (end <= first)
            return [];
        var page = await journal.ReadAsync(Grain.Audit, first - 1, (int)(end - first), cancellation);
        return [.. page.Select(entry => entry.Event).OfType<ActNoted>().Reverse()];
    }

    /// <summary>The records before a number that are wanted, the newest first.</summary>
    /// <param name="before">Null: from the last.</param>
    /// <param name="most">At most so many records are looked at.</param>
    public async ValueTask<AuditFinds> FindBackAsync(AuditFilter filter, long? before, int limit, int most, CancellationToken cancellation = default)
    {
        var found = new List<ActNoted>();
        var next = before ?? (await HeadAsync(cancellation)).Count + 1;
        for (var looked = 0; next > 1 && looked < most;)
        {
            var page = await ReadBackAsync(next, PageLength, cancellation);
            foreach (var act in page)
            {
                (next, looked) = (act.Number, looked + 1);
                if (act.At < filter.From)
                    return new AuditFinds([.. found], null); // They are in the order of time.
                if (filter.Matches(act))
                    found.Add(act);
                if (found.Count == limit || looked == most)
                    return new AuditFinds([.. found], next > 1 ? next : null);
            }

            if (page.Count == 0)
                break;
        }

        return new AuditFinds([.. found], next > 1 ? next : null);
    }

    /// <summary>All records after a number, in order.</summary>
    public async IAsyncEnumerable<ActNoted> ReadAllAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        IReadOnlyList<JournalEntry> page;
        for (; (page = await journal.ReadAsync(Grain.Audit, after, PageLength, cancellation)).Count > 0; after = page[^1].Sequence)
        {
            foreach (var act in page.Select(entry => entry.Event).OfType<ActNoted>())
                yield return act;
        }
    }

    /// <summary>Reads the whole log and says how far it is as it was written.</summary>
    /// <param name="noted">A head that somebody wrote down earlier, to be held against too; null: none.</param>
    public async ValueTask<AuditVerdict> VerifyAsync(AuditHead? noted = null, CancellationToken cancellation = default)
    {
        // The head is read first: what is written meanwhile only makes the log longer.
        var head = await HeadAsync(cancellation);
        var verifier = new AuditVerifier();
        if (head.Count == 0 && noted is { Count: 0 })
            noted = null;
        while (verifier.Fault is null && await NextAsync(verifier, cancellation) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                if (!verifier.Add(entry))
                    break;
                HoldAgainst(verifier, head);
                HoldAgainst(verifier, noted);
            }
        }

        if (verifier.Fault is null)
            verifier.HoldAgainst(head);
        if (verifier.Fault is null && noted is not null)
            verifier.HoldAgainst(noted);
        return new AuditVerdict(verifier.Count, verifier.Hash, verifier.Fault);
    }

    private static void HoldAgainst(AuditVerifier verifier, AuditHead? noted)
    {
        if (noted is not null && verifier.Count == noted.Count)
            verifier.HoldAgainst(noted);
    }

    private async ValueTask<IReadOnlyList<JournalEntry>> NextAsync(AuditVerifier verifier, CancellationToken cancellation)
    {
        try
        {
            return await journal.ReadAsync(Grain.Audit, verifier.Count, PageLength, cancellation);
        }
        catch (JsonException)
        {
            return await NextOneAsync(verifier, cancellation);
        }
    }

    // One of the page can't be read; those before it can.
    private async ValueTask<IReadOnlyList<JournalEntry>> NextOneAsync(AuditVerifier verifier, CancellationToken cancellation)
    {
        try
        {
            return await journal.ReadAsync(Grain.Audit, verifier.Count, 1, cancellation);
        }
        catch (JsonException fault)
        {
            verifier.AddUnreadable(fault.Message);
            return [];
        }
    }

    private async ValueTask<AuditHead> HeadAsync(CancellationToken cancellation) =>
        await grains.AskAsync(Grain.Audit, new GetAuditHead(), cancellation) as AuditHead ?? throw new InvalidOperationException("The audit log has no head.");
}

/// <param name="Next">Before which number to go on; null: that was all.</param>
public sealed record AuditFinds(ImmutableArray<ActNoted> Acts, long? Next);

/// <param name="Count">How many records are as they were written, from the first on.</param>
/// <param name="Hash">Of the last of them: written down elsewhere, it shows later whether the log up to here was written anew.</param>
/// <param name="Fault">Null: all of them.</param>
public sealed record AuditVerdict(long Count, string Hash, AuditFault? Fault);
