using CustomerService.Channels.Files;
using CustomerService.Channels.Health;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Accounts;

/// <summary>What the owner's <c>channels.yaml</c> says about one account.</summary>
/// <param name="Name">Part of the address that its provider calls: <c>/api/channels/NAME</c>.</param>
public abstract record AccountSettings(string Name)
{
    /// <summary>One of <see cref="Grains.Conversations.ChannelNames.All"/>.</summary>
    public abstract string Channel { get; }

    public ChannelRules Rules { get; init; } = ChannelRules.None;

    /// <summary>The account at whose address the provider calls for this one too; null: it calls at this one's own.</summary>
    public string? WebhookOf { get; init; }

    /// <summary>Whether a call for that account is proved genuine as one for this account is, so that both can be called at one address.</summary>
    public virtual bool IsCalledLike(AccountSettings other) => false;

    /// <summary>Opens it. It does not connect yet, so it can't fail for the network.</summary>
    public abstract IChannelAccount Open(AccountParts parts);
}

/// <summary>What accounts are made of besides their settings.</summary>
/// <param name="PublicUrl">Where providers reach this system, without a slash at its end; null: not told.</param>
/// <param name="Files">Where files lie that are sent.</param>
public sealed record AccountParts(HttpClient Http, TimeProvider Time, ILoggerFactory Loggers, IAttachmentStore Files, Uri? PublicUrl)
{
    /// <summary>Where accounts report how they do.</summary>
    public ChannelHealth Health { get; init; } = new(Time);

    /// <summary>Tickets for providers that fetch files themselves; null: none can be given.</summary>
    public FileLinks? Links { get; init; }

    /// <summary>Where a provider can fetch that file for a while; null where it is not known how this system is reached.</summary>
    public Uri? LinkTo(Attachment file) => PublicUrl is null || Links is null ? null : new Uri($"{PublicUrl.AbsoluteUri.TrimEnd('/')}/api/files/{Links.TicketFor(file)}");

    /// <summary>What only mailboxes need.</summary>
    public Email.MailParts? Mail { get; init; }

    /// <summary>Where the provider of that account reports to; null where it is not known how this system is reached.</summary>
    public Uri? CallbackOf(string account, string rest) => PublicUrl is null ? null : new Uri($"{PublicUrl.AbsoluteUri.TrimEnd('/')}/api/channels/{account}/{rest}");
}
