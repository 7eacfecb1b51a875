using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Settings;

/// <summary>What kinds of accounts need while they read their settings.</summary>
internal sealed record AccountReading(Findings Findings, Func<string, string?> Environment)
{
    /// <summary>Where providers reach this system; null: the file does not say.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>A secret: the file names the environment variable that has it. Empty where it is missing, which is reported.</summary>
    public string Secret(MappingReader map, string key, string example)
    {
        if (map.RequiredText(key, example) is not { } variable)
            return "";
        if (Environment(variable.Value) is { Length: > 0 } secret)
            return secret;
        Findings.Error(variable.At, $"the environment variable {variable.Value} is not set", $"set it before the start; '{key}' names the variable that has the secret, not the secret itself");
        return "";
    }

    /// <summary>A secret that need not be there: null where the key is absent.</summary>
    public string? OptionalSecret(MappingReader map, string key) => map.Node(key) is null ? null : Secret(map, key, "");

    /// <summary>A plain http or https address; the fallback where the key is absent.</summary>
    public Uri? Address(MappingReader map, string key, string? fallback)
    {
        if ((map.Node(key) is null && fallback is null ? map.RequiredText(key, "https://api.example.com") : map.Text(key)) is not { } written)
            return fallback is null ? null : new Uri(fallback);
        if (Uri.TryCreate(written.Value.TrimEnd('/'), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo: "", Query: "", Fragment: "" })
            return address;
        Findings.Error(written.At, $"'{key}' is '{written.Value}', which is no plain http or https address", $"write '{key}: https://api.example.com'");
        return null;
    }
}
