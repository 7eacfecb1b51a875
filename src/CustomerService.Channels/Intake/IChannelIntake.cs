namespace CustomerService.Channels.Intake;

/// <summary>The one way in for whatever comes by a channel.</summary>
public interface IChannelIntake
{
    /// <summary>Returns when it is durable, or refused for good, which is a result too. The same event again changes nothing.</summary>
    /// <exception cref="Grains.Turns.HostBusyException">There is more work than is admitted; nothing was done. Bring it again later.</exception>
    /// <exception cref="Grains.Turns.StoreUnavailableException">It could not be made durable; nothing was done. Bring it again later.</exception>
    Task<IntakeResult> AcceptAsync(Accounts.IChannelAccount account, ChannelEvent what, CancellationToken cancellation);
}

/// <param name="Refused">Why it can never be taken, such as <c>message_too_long</c>, in one sentence; null: it was taken.</param>
/// <param name="Duplicate">It had been taken before.</param>
public sealed record IntakeResult(string? Refused, bool Duplicate)
{
    /// <summary>It was refused for now: its conversation has as much waiting as it may. Whoever can bring it again later does.</summary>
    public bool Later { get; init; }
}
