using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Meta.Pages;
using CustomerService.Channels.Meta.WhatsApp;
using CustomerService.Channels.Neutral;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Sms;
using CustomerService.Channels.Telegram;
using CustomerService.Grains.Conversations;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Playing;

/// <summary>Who is played, and whom they write to. A new kind of account is added here.</summary>
/// <param name="AccountName">Null: the only one of the channel.</param>
/// <param name="From">Null: somebody made up.</param>
internal sealed record PlayedCustomer(string Channel, string? AccountName, string? From)
{
    /// <summary>Null: the chat, which needs none.</summary>
    /// <exception cref="CommandFailedException">There is none, or there are several.</exception>
    public AccountSettings? AccountOf(ChannelSettings settings)
    {
        if (Channel == ChannelNames.Chat)
        {
            return AccountName is null && From is null
                ? null
                : throw new CommandFailedException("--account and --from say nothing to the chat: leave them out. Each run is a new visitor.", SiloCommandLine.WrongUse);
        }

        var fitting = settings.Accounts.Where(account => account.Channel == Channel).ToList();
        var names = fitting.Count == 0 ? "none" : string.Join(", ", fitting.Select(account => account.Name));
        return AccountName is null
            ? fitting is [var only] ? only : throw new CommandFailedException(
                $"channels.yaml has {(fitting.Count == 0 ? "no account" : "several accounts")} of the channel {Channel} ({names}); {(fitting.Count == 0 ? "add one" : "choose one with --account")}.", SiloCommandLine.WrongUse)
            : fitting.Find(account => account.Name == AccountName)
                ?? throw new CommandFailedException($"channels.yaml has no account '{AccountName}' of the channel {Channel}; it has {names}.", SiloCommandLine.WrongUse);
    }

    /// <summary>Who writes. The number is one of those that belong to nobody.</summary>
    public string Address(AccountSettings account) => From ?? account switch
    {
        { Channel: ChannelNames.Email } => "customer@example.com",
        PageSettings or TelegramSettings => "1000000001", // an id: these networks tell no numbers
        _ => "+12025550123",
    };

    /// <exception cref="CommandFailedException">That kind of account can't be played yet.</exception>
    public IMessageRoute RouteTo(AccountSettings? account, HttpClient outside, ProviderDoor door, Action<string> show, TimeProvider time) => account switch
    {
        null => new ChatRoute(outside),
        SmsSettings sms => new SmsRoute(sms, door, Address(sms), show),
        WhatsAppSettings whatsApp => new WhatsAppRoute(whatsApp, door, Address(whatsApp), time),
        PageSettings page => new PageRoute(page, door, Address(page), time),
        TelegramSettings bot => new TelegramRoute(bot, door, Address(bot), time),
        EmailSettings mailbox => new MailRoute(mailbox, Address(mailbox)),
        NeutralSettings neutral => new NeutralRoute(neutral, door, Address(neutral), time),
        _ => throw new CommandFailedException($"No customer can be played for the account '{account.Name}': nobody knows how its provider calls.", SiloCommandLine.WrongUse),
    };
}
