using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Twilio;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Sms;

/// <summary><c>kind: twilio-sms</c>.</summary>
internal sealed class TwilioSmsKind : IAccountKind
{
    public string Name => "twilio-sms";

    public ImmutableArray<string> Keys { get; } =
        [.. TwilioReading.Keys, "number", "messaging_service_sid", "stop_words", "start_words", "help_words", "stop_text", "start_text", "help_text", "media"];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        var credentials = TwilioReading.Credentials(map, reading);
        var number = TwilioReading.Number(map, reading, "number");
        var service = map.Text("messaging_service_sid")?.Value;
        var api = reading.Address(map, "api", TwilioReading.Api);
        if (map.Node("number") is null && map.Node("messaging_service_sid") is null)
            reading.Findings.Error(map.At, $"the account '{name}' has neither a number nor a messaging_service_sid", "add 'number: \"+4930123456\"', the number that customers write to");
        var keywords = SmsKeywords.Usual with
        {
            Stop = Words(map, "stop_words") ?? SmsKeywords.Usual.Stop,
            Start = Words(map, "start_words") ?? SmsKeywords.Usual.Start,
            Help = Words(map, "help_words") ?? SmsKeywords.Usual.Help,
            StopText = map.Text("stop_text")?.Value,
            StartText = map.Text("start_text")?.Value,
            HelpText = map.Text("help_text")?.Value,
        };
        var media = map.Truth("media") ?? false;
        if (media && reading.PublicUrl is null)
            reading.Findings.Error(map.Node("media")!.At, "Twilio fetches the files of a message itself, and does not know where", "add 'public_url: https://support.shop.example' at the top of the file, or leave 'media' out");
        return credentials is null || api is null ? null : new SmsSettings(name, credentials, number, service, api, keywords) { Rules = media ? SmsSettings.MediaRules : SmsSettings.UsualRules };
    }

    private static ImmutableArray<string>? Words(MappingReader map, string key) =>
        map.Node(key) is null ? null : [.. map.Texts(key).Select(word => word.Value)];
}
