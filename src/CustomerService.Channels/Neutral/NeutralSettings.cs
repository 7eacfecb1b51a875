using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Voice;

namespace CustomerService.Channels.Neutral;

/// <summary>A channel that a program of the owner's brings in and takes out, in JSON of ours: for providers that there is no kind of account for.</summary>
/// <param name="ChannelName">One of <see cref="Grains.Conversations.ChannelNames.All"/>, as which its messages count.</param>
/// <param name="Secret">Signs what comes and what goes.</param>
/// <param name="PreviousSecret">Still good for what comes, while it is being changed.</param>
/// <param name="SendTo">Where messages to customers are posted; null: it only brings in.</param>
/// <param name="IgnoresRepeats">Whether the other side knows a message that it has by its Idempotency-Key, so that what broke off can be sent again.</param>
public sealed record NeutralSettings(string Name, string ChannelName, string Secret, string? PreviousSecret, Uri? SendTo, bool IgnoresRepeats) : AccountSettings(Name)
{
    public static ChannelRules UsualRules { get; } = new() { MaxCharacters = 20_000, MaxAttachments = 10, MaxAttachmentBytes = 5_000_000 };

    public override string Channel => ChannelName;

    /// <summary>Where files are fetched from that messages name; null: from <see cref="SendTo"/>.</summary>
    public Uri? FilesFrom { get; init; }

    /// <summary>Of whose country numbers are that are written without one, such as <c>DE</c>; null: they are left as they are.</summary>
    public string? Region { get; init; }

    /// <summary>How callers are received; null: it is no telephone.</summary>
    public CallPlan? Calls { get; init; }

    public override IChannelAccount Open(AccountParts parts)
    {
        var account = new NeutralAccount(this, parts);
        return Calls is null ? account : new NeutralVoiceAccount(account, Calls);
    }

    /// <summary>Without the secrets: settings end up in logs.</summary>
    public override string ToString() => $"{Name} ({ChannelName}, {SendTo})";
}
