using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Telegram;

/// <summary>A bot of ours at Telegram.</summary>
/// <param name="StartText">What who presses Start is answered with; null: their conversation begins with it.</param>
public sealed record TelegramSettings(string Name, TelegramBot Bot, string? StartText) : AccountSettings(Name)
{
    /// <summary>Of one message, in characters.</summary>
    public const int LongestText = 4096;

    /// <summary>Telegram's own limits, with long texts in up to ten messages.</summary>
    public static ChannelRules UsualRules { get; } = new() { MaxCharacters = 10 * LongestText, MaxAttachments = 10, MaxAttachmentBytes = 50_000_000 };

    public override string Channel => ChannelNames.Social;

    public override IChannelAccount Open(AccountParts parts) => new TelegramAccount(this, parts);
}

/// <summary>Who the bot is.</summary>
/// <param name="Token">Opens the Bot API, and is part of its addresses: they are never shown.</param>
/// <param name="Secret">What Telegram shows with every call.</param>
/// <param name="PreviousSecret">Still good while the secret is being changed.</param>
public sealed record TelegramBot(Uri Api, string Token, string Secret, string? PreviousSecret)
{
    /// <summary>Without the secrets: settings end up in logs.</summary>
    public override string ToString() => Api.AbsoluteUri;
}
