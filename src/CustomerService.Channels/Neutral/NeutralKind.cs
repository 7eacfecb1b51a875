using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Neutral;

/// <summary><c>kind: webhook</c>.</summary>
internal sealed class NeutralKind : IAccountKind
{
    public string Name => "webhook";

    public ImmutableArray<string> Keys { get; } = ["channel", "secret_env", "previous_secret_env", "send_to", "ignores_repeats"];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        if (map.Node("channel") is null)
            reading.Findings.Error(map.At, $"the account '{name}' has no channel", "add 'channel: sms', or voice, social or email: as what its messages count");
        var channel = map.Word("channel", ChannelNames.Sms, ChannelNames.Voice, ChannelNames.Social, ChannelNames.Email);
        var secret = reading.Secret(map, "secret_env", "SHOP_WEBHOOK_SECRET");
        var previous = reading.OptionalSecret(map, "previous_secret_env");
        var sendTo = map.Node("send_to") is null ? null : reading.Address(map, "send_to", null);
        if (sendTo is not null && channel == ChannelNames.Voice)
            reading.Findings.Error(map.Node("send_to")!.At, "nothing is sent to callers: what they hear is asked for during the call", "leave 'send_to' out; the program reads answers where it follows the conversation");
        return channel is null ? null : new NeutralSettings(name, channel, secret, previous, sendTo, map.Truth("ignores_repeats") ?? true) { Rules = NeutralSettings.UsualRules };
    }
}
