using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Reviews;
using CustomerService.Reporting.Quality;
using Microsoft.Extensions.Logging;

namespace CustomerService.Reporting.Figures;

/// <summary>
/// Brings the cases up with the journal, a stretch at a time. What a stretch changes and the position that it ends at are kept together, so a stretch counts once, whenever the
/// process dies. Of several keepers at once one gets on; the others look where it got to.
/// </summary>
public sealed partial class CaseKeeper(IJournal journal, CaseTables tables, ILogger<CaseKeeper> logger)
{
    private const int Stretch = 1_000;

    private CasesState? _state;

    /// <summary>Goes on by one stretch.</summary>
    /// <returns>False: the cases were at the journal's end.</returns>
    public async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        var start = _state ?? await FindPlaceAsync(cancellation);
        var entries = await journal.ReadAllAsync(start.Position, Stretch, cancellation);
        _state = entries.Count == 0 ? start : null;
        if (entries.Count == 0)
            return false;

        var reached = entries[^1].Position;
        if (await tables.KeepAsync(start, reached, await ChangedAsync(entries, cancellation), await ReviewedAsync(entries, cancellation), cancellation))
            _state = start with { Position = reached };
        return true;
    }

    /// <summary>Where the cases are; at the beginning, if they are of another format or of another journal.</summary>
    private async Task<CasesState> FindPlaceAsync(CancellationToken cancellation)
    {
        var state = await tables.ReadStateAsync(cancellation);
        var sameJournal = state.Position == 0 || await IsInJournalAsync(state.Position, cancellation);
        if (state.Format == CaseTables.Format && sameJournal)
            return state;
        LogAnew(state.Position);
        return await tables.ClearAsync(sameJournal, cancellation);
    }

    private async Task<bool> IsInJournalAsync(long position, CancellationToken cancellation) =>
        await journal.ReadAllAsync(position - 1, 1, cancellation) is [var entry] && entry.Position == position;

    private async Task<CaseChanges> ChangedAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        var ofConversations = entries.Where(entry => entry.Grain.Kind == GrainKinds.Conversation).ToList();
        var newest = await tables.NewestOfAsync(ofConversations.Select(entry => entry.Grain.Key).Distinct(), cancellation);
        var changed = new Dictionary<(string Conversation, int Number), CaseRow>();
        var (erased, anonymous) = (new HashSet<string>(), new List<CaseRow>());
        foreach (var entry in ofConversations)
        {
            if (entry.Event is ConversationErased)
            {
                var cases = erased.Add(entry.Grain.Key) ? await tables.CasesOfAsync(entry.Grain.Key, cancellation) : [];
                foreach (var row in changed.Values.Where(row => row.ConversationId == entry.Grain.Key).ToList())
                {
                    cases[row.Number] = row;
                    changed.Remove((row.ConversationId, row.Number));
                }

                anonymous.AddRange(cases.Values.OrderBy(row => row.Number).Select(row => row with { ConversationId = "" }));
                newest.Remove(entry.Grain.Key);
                continue;
            }

            var before = newest.GetValueOrDefault(entry.Grain.Key);
            if (CaseFold.After(before, entry) is { } after && !ReferenceEquals(before, after))
                changed[(after.ConversationId, after.Number)] = newest[entry.Grain.Key] = after;
        }

        return new CaseChanges(changed.Values, erased, anonymous);
    }

    private async Task<ReviewChanges> ReviewedAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        var changed = new Dictionary<(string Conversation, string Reviewer), ReviewRow>();
        var erased = new HashSet<string>();
        foreach (var conversation in entries.Where(entry => entry.Grain.Kind == GrainKinds.Reviews).GroupBy(entry => entry.Grain.Key))
        {
            var known = await tables.ReviewsOfAsync(conversation.Key, cancellation);
            foreach (var entry in conversation)
            {
                if (entry.Event is ReviewsErased)
                {
                    foreach (var reviewer in known.Keys)
                        changed.Remove((conversation.Key, reviewer));
                    known.Clear();
                    erased.Add(conversation.Key);
                }

                if (ReviewFold.After(entry.Event, reviewer => known.GetValueOrDefault(reviewer)) is { } review)
                    changed[(conversation.Key, review.ReviewerId)] = new ReviewRow(conversation.Key, known[review.ReviewerId] = review);
            }
        }

        return new ReviewChanges(changed.Values, erased);
    }

    [LoggerMessage(LogLevel.Information, "The figures, which were at position {Position}, are made anew from the journal")]
    private partial void LogAnew(long position);
}

/// <summary>What a stretch of the journal changes of cases.</summary>
/// <param name="Erased">Conversations whose cases go, before <paramref name="Rows"/> are put in.</param>
/// <param name="Anonymous">The cases that went, of no conversation any more: they are counted for good.</param>
internal sealed record CaseChanges(IReadOnlyCollection<CaseRow> Rows, IReadOnlyCollection<string> Erased, IReadOnlyCollection<CaseRow> Anonymous);

/// <summary>What a stretch of the journal changes of reviews.</summary>
/// <param name="Erased">Conversations whose reviews go, before <paramref name="Rows"/> are put in.</param>
internal sealed record ReviewChanges(IReadOnlyCollection<ReviewRow> Rows, IReadOnlyCollection<string> Erased);
