namespace CustomerService.Channels.Email.Threads;

/// <summary>
/// Remembers which conversation each mail belongs to, for one correspondent: a mail that somebody else claims to answer tells them nothing.
/// </summary>
public interface IMailThreads
{
    /// <summary>The conversation of a mail; null: none of that id has come from or gone to that address.</summary>
    /// <exception cref="Grains.Turns.HostBusyException">Ask again later.</exception>
    /// <exception cref="Grains.Turns.StoreUnavailableException">Ask again later.</exception>
    Task<string?> FindAsync(string address, string messageId, CancellationToken cancellation);

    /// <summary>Remembers it. The first word counts: returns the conversation that it belongs to.</summary>
    /// <exception cref="Grains.Turns.HostBusyException">Ask again later.</exception>
    /// <exception cref="Grains.Turns.StoreUnavailableException">Ask again later.</exception>
    Task<string> JoinAsync(string address, string messageId, string conversationId, CancellationToken cancellation);
}
