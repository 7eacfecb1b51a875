using System.Collections.Concurrent;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// Brings the list up with the journal, a stretch at a time: what a stretch changes and the position that it ends at are kept together, so a stretch counts
/// once, whenever the process dies. Where a conversation stands is asked of itself. Of several keepers at once one gets on; the others look where it got to.
/// </summary>
/// <param name="grains">Never refuses for load.</param>
public sealed partial class ConversationListKeeper(IJournal journal, IGrainClient grains, ConversationTables tables, ILogger<ConversationListKeeper> logger)
{
    private const int Stretch = 500;
    private const int MostAsked = 16;

    private ListState? _state;

    /// <summary>Goes on by one stretch.</summary>
    /// <returns>False: the list was at the journal's end.</returns>
    public async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        var start = _state ?? await FindPlaceAsync(cancellation);
        var entries = await journal.ReadAllAsync(start.Position, Stretch, cancellation);
        _state = entries.Count == 0 ? start : null;
        if (entries.Count == 0)
            return false;

        var reached = entries[^1].Position;
        _state = await tables.KeepAsync(start, reached, await ReadAsync(entries, cancellation), cancellation);
        return true;
    }

    /// <summary>Where the list is; at the beginning, if it is of another format or of another journal.</summary>
    private async Task<ListState> FindPlaceAsync(CancellationToken cancellation)
    {
        var state = await tables.ReadStateAsync(cancellation);
        var sameJournal = state.Position == 0 || await IsInJournalAsync(state.Position, cancellation);
        if (state.Format == ConversationTables.Format && sameJournal)
            return state;
        if (state.Position > 0)
            LogAnew(state.Position);
        return await tables.ClearAsync(sameJournal, cancellation);
    }

    private async Task<bool> IsInJournalAsync(long position, CancellationToken cancellation) =>
        await journal.ReadAllAsync(position - 1, 1, cancellation) is [var entry] && entry.Position == position;

    private async Task<ListChanges> ReadAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        var stretch = ListStretch.Of(entries);
        var touched = stretch.Conversations.Keys.ToHashSet();
        foreach (var customer in stretch.Names.Keys)
            touched.UnionWith(await tables.IdsOfAsync(customer, cancellation));

        var views = new ConcurrentDictionary<string, ConversationView>();
        await Parallel.ForEachAsync(touched, new ParallelOptions { MaxDegreeOfParallelism = MostAsked, CancellationToken = cancellation }, async (id, stop) =>
        {
            if (await AskAsync(id, stop) is { } view)
                views[id] = view;
        });
        var before = (await tables.GetAsync(touched, cancellation)).ToDictionary(row => row.Id);

        // Erased by now, though the journal may tell it only later: nothing of it is kept any more.
        var gone = views.Values.Where(view => view.CreatedAt is null).Select(view => view.Id).Concat(stretch.Erased).ToHashSet();
        var rows = new List<ConversationRow>(views.Count);
        foreach (var (id, view) in views.Where(each => each.Value.CreatedAt is not null))
        {
            var customer = view.LinkedCustomerId ?? view.CustomerId;
            var name = stretch.Names.TryGetValue(customer, out var told) ? told : await tables.NameOfAsync(customer, cancellation);
            var row = ConversationFold.Of(gone.Contains(id) ? null : before.GetValueOrDefault(id), view, stretch.Conversations.GetValueOrDefault(id, []), name);
            if (row.LastMessageAt != default) // Else its first message comes with a later stretch.
                rows.Add(row);
        }

        var events = stretch.Conversations.Where(each => !views.TryGetValue(each.Key, out var view) || view.CreatedAt is not null).SelectMany(each => each.Value).ToList();
        return new ListChanges(rows, [.. events.Select(ConversationFold.LineOf).OfType<ListLine>()], stretch.Names)
        {
            Erased = gone,
            Files = [.. events.SelectMany(entry => ConversationRemains.FilesIn(entry.Event), (entry, file) => (entry.Grain.Key, file))],
        };
    }

    private async ValueTask<ConversationView?> AskAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await grains.AskAsync(Grain.Conversation(id), new GetConversation(), cancellation) as ConversationView;
        }
        catch (CommandParkedException parked)
        {
            LogPassedOver(id, parked.ParkedId); // For operators; the other conversations go on.
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "The list of conversations, which was at position {Position}, is made anew from the journal")]
    private partial void LogAnew(long position);

    [LoggerMessage(LogLevel.Error, "The list shows conversation {Id} as it was, for it can't be read: see parked command {ParkedId}")]
    private partial void LogPassedOver(string id, string parkedId);
}
