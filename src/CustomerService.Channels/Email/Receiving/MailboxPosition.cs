namespace CustomerService.Channels.Email.Receiving;

/// <summary>How far a mailbox was read. It may lie behind, never ahead: mails that are read again are known by their conversations.</summary>
/// <param name="UidValidity">The mailbox's own word for which numbering it is; another one means that the numbers mean nothing any more.</param>
/// <param name="LastUid">The last mail that was seen to; 0: none.</param>
/// <param name="Reached">When the last of them came.</param>
/// <param name="Since">Only mails from that day on are read, because the numbering began anew; null: all above <paramref name="LastUid"/>.</param>
public sealed record MailboxPosition(uint UidValidity, uint LastUid, DateTimeOffset Reached, DateTimeOffset? Since)
{
    /// <summary>Mails that were too large, and whose senders are still to be told so; the oldest first.</summary>
    public IReadOnlyList<uint> Untold { get; init => field = value is { Count: > 0 } ? value : []; } = [];

    /// <summary>Of those, the one whose sender is being told. If it still stands here after a start, nobody knows whether they were.</summary>
    public uint? Telling { get; init; }
}

/// <summary>Keeps the positions of mailboxes.</summary>
public interface IMailboxPositions
{
    /// <summary>The position of an account's mailbox; null: it was never read.</summary>
    Task<MailboxPosition?> ReadAsync(string account, CancellationToken cancellation);

    /// <summary>Returns when it is durable.</summary>
    Task WriteAsync(string account, MailboxPosition position, CancellationToken cancellation);
}
