using System.Collections.Immutable;
using CustomerService.Channels.Webhooks;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Settings;

/// <summary>Reads the chat's part of <c>channels.yaml</c>.</summary>
internal static class ChatReader
{
    /// <summary>What HMAC-SHA256 needs at least (RFC 7518, 3.2).</summary>
    private const int ShortestKey = 32;

    public static ChatSettings Read(YamlMapping section, AccountReading reading)
    {
        var map = new MappingReader(section, "chat", reading.Findings, "allowed_origins", "identity_key_env", "previous_identity_key_env");
        return new ChatSettings { AllowedOrigins = Origins(map, reading.Findings), IdentityKeys = Keys(map, reading) };
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
