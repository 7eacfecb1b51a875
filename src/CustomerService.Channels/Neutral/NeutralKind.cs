using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Voice;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Neutral;

/// <summary><c>kind: webhook</c>.</summary>
internal sealed class NeutralKind : IAccountKind
{
    public string Name => "webhook";

    public ImmutableArray<string> Keys { get; } = ["channel", "secret_env", "previous_secret_env", "send_to", "files_from", "region", "ignores_repeats", .. CallPlanReading.Keys];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        if (map.Node("channel") is null)
            reading.Findings.Error(map.At, $"the account '{name}' has no channel", "add 'channel: sms', or voice, social or email: as what its messages count");
        var channel = map.Word("channel", ChannelNames.Sms, ChannelNames.Voice, ChannelNames.Social, ChannelNames.Email);
        var secret = reading.Secret(map, "secret_env", "SHOP_WEBHOOK_SECRET");
        var previous = reading.OptionalSecret(map, "previous_secret_env");
        var sendTo = map.Node("send_to") is null ? null : reading.Address(map, "send_to", null);
        if (sendTo is not null && channel == ChannelNames.Voice)
            reading.Findings.Error(map.Node("send_to")!.At, "nothing is sent to callers: what they hear is asked for during the call", "leave 'send_to' out; where recordings are fetched from says 'files_from'");
        return channel is null ? null : new NeutralSettings(name, channel, secret, previous, sendTo, map.Truth("ignores_repeats") ?? true)
        {
            Rules = NeutralSettings.UsualRules,
            FilesFrom = map.Node("files_from") is null ? null : reading.Address(map, "files_from", null),
            Region = Region(map, reading),
            Calls = Calls(map, reading, channel),
        };
    }

    /// <summary>The program may write messages down in any language.</summary>
    private static CallPlan? Calls(MappingReader map, AccountReading reading, string channel)
    {
        if (channel == ChannelNames.Voice)
            return CallPlanReading.Read(map, reading, VoicePhrases.Languages);
        foreach (var key in CallPlanReading.Keys.Where(key => map.Node(key) is not null))
            reading.Findings.Error(map.Node(key)!.At, $"'{key}' is about calls, and this account is for {channel}", "leave it out, or write 'channel: voice'");
        return null;
    }

    private static string? Region(MappingReader map, AccountReading reading)
    {
        if (map.Text("region") is not { } written)
            return null;
        if (PhoneAddress.IsRegion(written.Value))
            return written.Value;
        reading.Findings.Error(written.At, $"there are no telephone numbers of '{written.Value}'", "write the country as ISO 3166-1 does: 'region: DE'");
        return null;
    }
}
