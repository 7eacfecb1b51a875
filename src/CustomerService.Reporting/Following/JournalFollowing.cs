using CustomerService.Grains.Journal;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Following;

/// <summary>
/// Whether what is kept of the journal has come up with it. Nothing may be erased before: a conversation that was not counted yet never would be, and a list that is being made anew
/// does not know who has a file.
/// </summary>
public sealed class JournalFollowing(IJournal journal, ConversationTables list, CaseTables figures, TimeProvider time)
{
    /// <summary>What is younger may be missing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether the list of conversations and the figures have read all that is older than <see cref="Patience"/>.</summary>
    public async ValueTask<bool> IsCurrentAsync(CancellationToken cancellation = default) =>
        await IsListCurrentAsync(cancellation)
        && await figures.ReadStateAsync(cancellation) is { Format: CaseTables.Format } state && await IsCurrentAsync(state.Position, cancellation);

    /// <summary>The same of the list of conversations alone.</summary>
    public async ValueTask<bool> IsListCurrentAsync(CancellationToken cancellation = default) =>
        await list.ReadStateAsync(cancellation) is { Format: ConversationTables.Format } state && await IsCurrentAsync(state.Position, cancellation);

    private async ValueTask<bool> IsCurrentAsync(long position, CancellationToken cancellation) =>
        await journal.ReadAllAsync(position, 1, cancellation) is not [var next] || next.At > time.GetUtcNow() - Patience;
}
