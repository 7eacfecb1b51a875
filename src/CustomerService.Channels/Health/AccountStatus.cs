namespace CustomerService.Channels.Health;

/// <summary>How one account does, as one process has seen it since its start.</summary>
/// <param name="Account">Its name in <c>channels.yaml</c>.</param>
/// <param name="Channel">Such as <c>email</c>; left out: the account is not in <c>channels.yaml</c> any more, and messages still wait for it.</param>
/// <param name="State"><c>open</c>, <c>paused</c> (sending failed again and again, nothing is sent until <paramref name="PausedUntil"/>) or <c>broken</c> (it is not in
/// <c>channels.yaml</c>, its mailbox can't be read, or the last attempts to send failed).</param>
/// <param name="Why">In words, where it is not open.</param>
/// <param name="LastReceivedAt">When a customer's message last came in.</param>
/// <param name="LastSentAt">When the other side last took a message.</param>
/// <param name="FailuresInARow">Attempts to send since then that failed for the other side or the network.</param>
/// <param name="LastFailure">The last of them, even where all is well again.</param>
/// <param name="PausedUntil">When it is tried again.</param>
/// <param name="Waiting">Conversations whose next message has not gone out: it is tried again, or waits for its time.</param>
/// <param name="WaitingSince">The oldest of these.</param>
/// <param name="Follower">How the mailbox is read; left out: this process does not read it, or there is none.</param>
/// <param name="LastRefusedRequest">The last request to its address that was not let in.</param>
public sealed record AccountStatus(
    string Account, string? Channel, string State, string? Why, DateTimeOffset? LastReceivedAt, DateTimeOffset? LastSentAt, int FailuresInARow, AccountFailure? LastFailure,
    DateTimeOffset? PausedUntil, int Waiting, DateTimeOffset? WaitingSince, FollowerStatus? Follower, AccountFailure? LastRefusedRequest)
{
    public const string Open = "open";
    public const string Paused = "paused";
    public const string Broken = "broken";
}

public sealed record AccountFailure(DateTimeOffset At, string Reason);

/// <summary>How a mailbox is read.</summary>
/// <param name="State"><c>connecting</c>, <c>connected</c> or <c>lost</c>.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="LastAskedAt">When it last said that everything was brought in.</param>
/// <param name="Error">Why it was lost.</param>
public sealed record FollowerStatus(string State, DateTimeOffset Since, DateTimeOffset? LastAskedAt, string? Error)
{
    public const string Connecting = "connecting";
    public const string Connected = "connected";
    public const string Lost = "lost";

    internal bool IsUp => State == Connected;
}
