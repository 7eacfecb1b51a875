using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Following;

namespace CustomerService.Silo.Delivering;

/// <summary>Which files conversations have, as their list knows.</summary>
internal sealed class ListedFiles(IRetentionList list, JournalFollowing following)
{
    /// <exception cref="IOException">The list does not know all of them now.</exception>
    public async ValueTask<IReadOnlySet<string>> InUseAsync(IReadOnlyCollection<string> references, CancellationToken cancellation) =>
        await following.IsListCurrentAsync(cancellation)
            ? await list.UsedFilesAsync(references, except: null, cancellation)
            : throw new IOException("the list of conversations, which knows who has a file, has not read the whole journal yet");
}
