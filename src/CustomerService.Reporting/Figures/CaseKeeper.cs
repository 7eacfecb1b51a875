using CustomerService.Grains;
using CustomerService.Grains.Journal;
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
        if (state.Format == CaseTables.Format && (state.Position == 0 || await IsInJournalAsync(state.Position, cancellation)))
            return state;
        LogAnew(state.Position);
        return await tables.ClearAsync(cancellation);
    }

    private async Task<bool> IsInJournalAsync(long position, CancellationToken cancellation) =>
        await journal.ReadAllAsync(position - 1, 1, cancellation) is [var entry] && entry.Position == position;

    private async Task<IEnumerable<CaseRow>> ChangedAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        var ofConversations = entries.Where(entry => entry.Grain.Kind == GrainKinds.Conversation).ToList();
        var newest = await tables.NewestOfAsync(ofConversations.Select(entry => entry.Grain.Key).Distinct(), cancellation);
        var changed = new Dictionary<(string Conversation, int Number), CaseRow>();
        foreach (var entry in ofConversations)
        {
            var before = newest.GetValueOrDefault(entry.Grain.Key);
            if (CaseFold.After(before, entry) is { } after && !ReferenceEquals(before, after))
                changed[(after.ConversationId, after.Number)] = newest[entry.Grain.Key] = after;
        }

        return changed.Values;
    }

    private async Task<IEnumerable<ReviewRow>> ReviewedAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        var changed = new Dictionary<(string Conversation, string Reviewer), ReviewRow>();
        foreach (var conversation in entries.Where(entry => entry.Grain.Kind == GrainKinds.Reviews).GroupBy(entry => entry.Grain.Key))
        {
            var known = await tables.ReviewsOfAsync(conversation.Key, cancellation);
            foreach (var entry in conversation)
            {
                if (ReviewFold.After(entry.Event, reviewer => known.GetValueOrDefault(reviewer)) is { } review)
                    changed[(conversation.Key, review.ReviewerId)] = new ReviewRow(conversation.Key, known[review.ReviewerId] = review);
            }
        }

        return changed.Values;
    }

    [LoggerMessage(LogLevel.Information, "The figures, which were at position {Position}, are made anew from the journal")]
    private partial void LogAnew(long position);
}
