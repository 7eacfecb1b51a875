using System.Collections.Immutable;
using CustomerService.Reporting.Conversations;

namespace CustomerService.Silo.Retention;

/// <summary>The list of conversations, as whoever erases needs it.</summary>
/// <param name="isCurrent">Whether list and figures have come up with the journal: what was not counted before it is erased never would be.</param>
internal sealed class RetentionList(IRetentionList retention, IConversationList list, Func<CancellationToken, ValueTask<bool>> isCurrent, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    public IRetentionList Retention => retention;

    public ValueTask<bool> IsCurrentAsync(CancellationToken cancellation) => isCurrent(cancellation);

    /// <summary>The list comes moments after the conversations. Where it takes longer, the next run finds the customers.</summary>
    public async Task WaitUntilGoneAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        while (ids.Count > 0 && time.GetElapsedTime(begin) < AtMost && !(await list.GetAsync(ids, cancellation)).IsEmpty)
            await Task.Delay(Between, time, cancellation);
    }
}
