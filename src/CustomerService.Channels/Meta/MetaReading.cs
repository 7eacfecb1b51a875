using System.Collections.Immutable;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Meta;

/// <summary>The settings that all kinds of Meta's have.</summary>
internal static class MetaReading
{
    public const string Api = "https://graph.facebook.com/v23.0";

    public static ImmutableArray<string> Keys { get; } = ["access_token_env", "app_secret_env", "previous_app_secret_env", "verify_token_env", "api", WebhookAddress.Key];

    public static MetaApp? App(MappingReader map, AccountReading reading, string api = Api)
    {
        var token = reading.Secret(map, "access_token_env", "META_ACCESS_TOKEN");
        var secret = reading.Secret(map, "app_secret_env", "META_APP_SECRET");
        var previous = reading.OptionalSecret(map, "previous_app_secret_env");
        var verify = reading.Secret(map, "verify_token_env", "META_VERIFY_TOKEN");
        return reading.Address(map, "api", api) is { } address ? new MetaApp(address, token, secret, previous, verify) : null;
    }

    /// <summary>One of Meta's ids: digits.</summary>
    public static string? Id(MappingReader map, AccountReading reading, string key)
    {
        if (map.RequiredText(key, "\"123456789012345\"") is not { } written)
            return null;
        if (written.Value.Length is > 4 and <= 32 && written.Value.All(char.IsAsciiDigit))
            return written.Value;
        reading.Findings.Error(written.At, $"'{key}' is '{written.Value}', which is no id of Meta's", $"write the digits that Meta's console shows, in quotation marks: '{key}: \"123456789012345\"'");
        return null;
    }
}
