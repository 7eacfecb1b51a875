using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Telegram;

/// <summary><c>kind: telegram</c>.</summary>
internal sealed class TelegramKind : IAccountKind
{
    private const int ShortestSecret = 16;
    private const int LongestSecret = 256;

    public string Name => "telegram";

    public ImmutableArray<string> Keys { get; } = ["token_env", "secret_env", "previous_secret_env", "api", "start_text"];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        var token = reading.Secret(map, "token_env", "TELEGRAM_TOKEN");
        var secret = reading.Secret(map, "secret_env", "TELEGRAM_SECRET");
        var previous = reading.OptionalSecret(map, "previous_secret_env");
        if (token.Length > 0 && !token.All(character => char.IsAsciiLetterOrDigit(character) || character is ':' or '-' or '_'))
            reading.Findings.Error(map.At, "the secret behind 'token_env' is no token of a bot", "copy it as BotFather shows it, such as 123456:ABC-DEF");
        if (secret.Length > 0 && (secret.Length is < ShortestSecret or > LongestSecret || !secret.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')))
            reading.Findings.Error(map.At, "the secret behind 'secret_env' is none that Telegram takes, or too easily guessed", $"choose {ShortestSecret} to {LongestSecret} letters, digits, - and _");
        return reading.Address(map, "api", "https://api.telegram.org") is { } api
            ? new TelegramSettings(name, new TelegramBot(api, token, secret, previous), map.Text("start_text")?.Value) { Rules = TelegramSettings.UsualRules }
            : null;
    }
}
