using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Twilio;

/// <summary>The keys that every kind of Twilio account has.</summary>
internal static class TwilioReading
{
    public const string Api = "https://api.twilio.com";

    public static string[] Keys { get; } = ["account_sid", "auth_token_env", "previous_auth_token_env", "api"];

    public static TwilioCredentials? Credentials(MappingReader map, AccountReading reading)
    {
        var sid = map.RequiredText("account_sid", "AC…, as Twilio's console shows it");
        var token = reading.Secret(map, "auth_token_env", "TWILIO_AUTH_TOKEN");
        var previous = reading.OptionalSecret(map, "previous_auth_token_env");
        if (sid is not { } written)
            return null;
        // It becomes part of addresses.
        if (written.Value.All(char.IsAsciiLetterOrDigit))
            return new TwilioCredentials(written.Value, token, previous);
        reading.Findings.Error(written.At, $"'account_sid' is '{written.Value}', which is no Twilio account", "write it as Twilio's console shows it: AC and 32 more letters and digits");
        return null;
    }

    /// <summary>A telephone number in its international form; null where the key is absent or wrong.</summary>
    public static string? Number(MappingReader map, AccountReading reading, string key)
    {
        if (map.Text(key) is not { } written)
            return null;
        // YAML reads an unquoted +4930… as a number.
        var number = PhoneAddress.Normalise(written.Value.StartsWith('+') || written.Value.StartsWith("00", StringComparison.Ordinal) ? written.Value : "+" + written.Value);
        if (PhoneAddress.IsInternational(number))
            return number;
        reading.Findings.Error(written.At, $"'{key}' is '{written.Value}', which is no telephone number", $"write it with + and the country's code: '{key}: \"+4930123456\"'");
        return null;
    }
}
