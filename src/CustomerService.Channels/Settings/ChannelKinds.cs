using System.Collections.Immutable;
using CustomerService.Channels.Accounts;

namespace CustomerService.Channels.Settings;

/// <summary>Every kind of account that there is. A new one is added here.</summary>
internal static class ChannelKinds
{
    public static ImmutableArray<IAccountKind> All { get; } = [new Email.EmailKind(), new Sms.TwilioSmsKind(), new Voice.TwilioVoiceKind()];
}
