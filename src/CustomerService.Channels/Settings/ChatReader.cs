using System.Collections.Immutable;
using CustomerService.Channels.Email;
using CustomerService.Channels.Webhooks;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Settings;

/// <summary>Reads the chat's part of <c>channels.yaml</c>.</summary>
internal static class ChatReader
{
    /// <summary>What HMAC-SHA256 needs at least (RFC 7518, 3.2).</summary>
    private const int ShortestKey = 32;

    /// <param name="accounts">Every account's kind, as it is written.</param>
    public static ChatSettings Read(YamlMapping section, IReadOnlyDictionary<string, string?> accounts, AccountReading reading)
    {
        var map = new MappingReader(section, "chat", reading.Findings, "allowed_origins", "identity_key_env", "previous_identity_key_env", "identity_proves", "transcripts_by");
        return new ChatSettings
        {
            AllowedOrigins = Origins(map, reading.Findings),
            IdentityKeys = Keys(map, reading),
            IdentityProves = map.Word("identity_proves", "basic", "none") != "none",
            TranscriptsBy = map.Text("transcripts_by") is { } mailbox ? Mailbox(mailbox, accounts, reading.Findings) : null,
        };
    }

    /// <summary>It has to be an account that mails go out by.</summary>
    private static string? Mailbox(Located<string> named, IReadOnlyDictionary<string, string?> accounts, Findings findings)
    {
        if (accounts.GetValueOrDefault(named.Value) == EmailKind.Kind)
            return named.Value;
        var mailboxes = accounts.Where(account => account.Value == EmailKind.Kind).Select(account => account.Key).ToList();
        findings.Error(
            named.At, accounts.ContainsKey(named.Value) ? $"'{named.Value}' is an account, but none of kind '{EmailKind.Kind}'" : $"there is no account '{named.Value}'",
            mailboxes.Count > 0 ? $"name one of {string.Join(", ", mailboxes)}" : "add a mailbox under 'accounts:' (docs/recipes/connect-mailboxes.md), or leave 'transcripts_by' out");
        return null;
    }

    private static ImmutableArray<string> Origins(MappingReader map, Findings findings)
    {
        var origins = ImmutableArray.CreateBuilder<string>();
        foreach (var written in map.Texts("allowed_origins"))
        {
            if (OriginOf(written.Value) == written.Value)
                origins.Add(written.Value);
            else
                findings.Error(written.At, $"'{written.Value}' is no origin of a site", $"write '{OriginOf(written.Value) ?? "https://shop.example"}': scheme and host, without a path");
        }

        return origins.ToImmutable();
    }

    private static string? OriginOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : null;

    private static SigningKeys? Keys(MappingReader map, AccountReading reading)
    {
        var (present, previous) = (Key(map, "identity_key_env", reading), Key(map, "previous_identity_key_env", reading));
        if (present is null && previous is not null)
            reading.Findings.Error(map.At, "chat has a previous identity key and no present one", "add 'identity_key_env: …', or leave both out");
        return present is null ? null : new SigningKeys([present, previous ?? ""]);
    }

    private static string? Key(MappingReader map, string key, AccountReading reading)
    {
        if (reading.OptionalSecret(map, key) is not { Length: > 0 } secret)
            return null;
        if (System.Text.Encoding.UTF8.GetByteCount(secret) >= ShortestKey)
            return secret;
        reading.Findings.Error(map.Text(key)!.Value.At, $"the key in {map.Text(key)!.Value.Value} is shorter than {ShortestKey} bytes", "make one with 'openssl rand -hex 32', and give it to your site's server too");
        return null;
    }
}
