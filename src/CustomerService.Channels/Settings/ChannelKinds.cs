using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Meta.Pages;
using CustomerService.Channels.Meta.WhatsApp;
using CustomerService.Channels.Telegram;

namespace CustomerService.Channels.Settings;

/// <summary>Every kind of account that there is. A new one is added here.</summary>
internal static class ChannelKinds
{
    public static ImmutableArray<IAccountKind> All { get; } =
    [
        new Email.EmailKind(),
        new Sms.TwilioSmsKind(),
        new Voice.TwilioVoiceKind(),
        new Neutral.NeutralKind(),
        new WhatsAppKind(),
        new PageKind(PageNetwork.Messenger),
        new PageKind(PageNetwork.Instagram),
        new TelegramKind(),
    ];
}
