using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Accounts;

/// <summary>One of our numbers, mailboxes or pages, open for traffic.</summary>
public interface IChannelAccount : IAsyncDisposable
{
    /// <summary>Its name in the owner's <c>channels.yaml</c>.</summary>
    string Name { get; }

    /// <summary>One of <see cref="Grains.Conversations.ChannelNames.All"/>.</summary>
    string Channel { get; }
}

/// <summary>An account whose provider calls us.</summary>
public interface IWebhookAccount : IChannelAccount
{
    /// <summary>
    /// Proves a request genuine, and only then reads it. Pure: it does nothing and asks nobody. Whatever the bytes are, it returns a reading.
    /// </summary>
    WebhookReading Read(WebhookRequest request);
}

/// <summary>An account that we ask for news, or that tells it over a connection of ours.</summary>
public interface IFollowingAccount : IChannelAccount
{
    /// <summary>Brings in what comes, until it is cancelled. It sees to lost connections itself; an exception is a bug.</summary>
    Task FollowAsync(IChannelIntake intake, CancellationToken cancellation);
}

/// <summary>An account through which messages are sent.</summary>
public interface ISendingAccount : IChannelAccount
{
    /// <summary>What may be sent, and when.</summary>
    ChannelRules Rules { get; }

    /// <summary>
    /// Makes one attempt, without retrying. Only failures that may be faults of this program are exceptions (they end as
    /// <see cref="SendOutcome.Unknown"/>); everything that the other side or the network does is an outcome.
    /// </summary>
    Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation);

    /// <summary>Why a message can't go out in the way that is left when the reply window is over, such as a template that takes no files; null: it can.</summary>
    string? WhyNotOutsideWindow(Outbound message) => null;

    /// <summary>Finds out whether an earlier attempt, which broke off, has reached the other side.</summary>
    Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation);
}

/// <summary>An account whose messages only name the files that belong to them.</summary>
public interface IMediaAccount : IChannelAccount
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="MediaUnavailableException">It can't be had; the message says why.</exception>
    Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation);
}

/// <summary>A message about to be sent.</summary>
/// <param name="Inbound">How the customer last wrote, which says where to and how.</param>
/// <param name="Accepted">How many parts of it the other side has taken in earlier attempts.</param>
/// <param name="OutsideWindow">The channel's reply window is over: it goes in the way that is allowed then (as the account's template, or marked as written by a person), or not at all.</param>
public sealed record MessageToSend(string ConversationId, Inbound Inbound, Outbound Message, int Accepted, bool OutsideWindow);
