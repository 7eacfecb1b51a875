using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Twilio;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Voice;

/// <summary><c>kind: twilio-voice</c>.</summary>
internal sealed class TwilioVoiceKind : IAccountKind
{
    /// <summary>Twilio writes recordings down in English alone, whatever they are in.</summary>
    private static readonly string[] WritesDown = ["en"];

    public string Name => "twilio-voice";

    public ImmutableArray<string> Keys { get; } = [.. TwilioReading.Keys, "number", .. CallPlanReading.Keys];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        var credentials = TwilioReading.Credentials(map, reading);
        var number = TwilioReading.Number(map, reading, "number");
        var api = reading.Address(map, "api", TwilioReading.Api);
        if (map.Node("number") is null)
            reading.Findings.Error(map.At, $"the account '{name}' has no number", "add 'number: \"+4930123456\"', the number that customers call");
        var plan = CallPlanReading.Read(map, reading, WritesDown);
        return credentials is null || number is null || api is null || plan is null ? null : new VoiceSettings(name, credentials, number, api, plan);
    }
}
