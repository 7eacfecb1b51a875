namespace CustomerService.Grains.Turns;

/// <summary>How anything outside a grain speaks to grains, whichever host they live in.</summary>
public interface IGrainClient
{
    /// <summary>
    /// Has the grain handle the command and returns its answer, after whatever the turn changed is durable.
    /// </summary>
    /// <exception cref="HostBusyException">There is more work than the host admits; nothing was done. Try again later.</exception>
    /// <exception cref="CommandParkedException">The grain can't handle this command (a bug or a broken state); it is kept for an operator.</exception>
    /// <exception cref="StoreUnavailableException">It could not be made durable; nothing was done. Safe to send again with the same key.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped waiting. The outcome is unknown; sending again with the same key is safe.</exception>
    ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default);
}

/// <summary>The host refused more work, at the door. Nothing was done.</summary>
public sealed class HostBusyException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>A command that its grain could not handle was parked, with its reason, for an operator.</summary>
public sealed class CommandParkedException(string parkedId, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The key under which operators find it.</summary>
    public string ParkedId { get; } = parkedId;
}

/// <summary>The store could not make a turn durable (disk full, database locked or gone). Nothing was acknowledged.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
