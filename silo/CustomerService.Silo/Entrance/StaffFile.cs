using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Staff;
using CustomerService.Pipelines.Definitions;
using CustomerService.Staff;

namespace CustomerService.Silo.Entrance;

/// <summary>The owner's <c>staff.yaml</c>: who needs a second factor, and which outside providers say who somebody is. Without the file the defaults hold; it is read at the start.</summary>
internal static class StaffFile
{
    private const int LongestName = 40;
    private static readonly string[] Reserved = ["console"];

    /// <param name="environment">The environment's variables, by name: secrets stand there.</param>
    /// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
    public static StaffSettings Load(string path, Func<string, string?> environment) =>
        SourceText.ReadIfThere(path) is { } text ? Parse(text, path, environment) : new StaffSettings();

    /// <param name="file">How messages name it.</param>
    /// <inheritdoc cref="Load"/>
    public static StaffSettings Parse(string text, string file, Func<string, string?> environment)
    {
        var findings = new Findings(file);
        var settings = YamlText.Read(text, findings) is { } root ? Read(root, findings, environment) : null;
        return settings is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : settings;
    }

    private static StaffSettings Read(YamlMapping root, Findings findings, Func<string, string?> environment)
    {
        var map = new MappingReader(root, "a staff file", findings, "second_factor", "providers");
        return new StaffSettings
        {
            SecondFactorFor = RolesAt(map, "second_factor", findings),
            Providers = map.Map("providers") is { } section ? Providers(section, findings, environment) : [],
        };
    }

    private static ImmutableArray<IdentityProvider> Providers(YamlMapping section, Findings findings, Func<string, string?> environment)
    {
        var map = new MappingReader(section, "'providers'", findings, [.. section.Entries.Select(entry => entry.Key.Text)]);
        var providers = ImmutableArray.CreateBuilder<IdentityProvider>(section.Entries.Count);
        foreach (var (key, _) in section.Entries)
        {
            if (!IsName(key.Text))
                findings.Error(key.At, $"'{key.Text}' can't be a provider's name: it is part of an address", "take small letters, digits and dashes, such as company");
            else if (map.Node(key.Text) is null)
                findings.Error(key.At, $"provider '{key.Text}' says nothing", "write 'authority: https://login.example.com' and 'client_id: …' under it, or remove it");
            else if (map.Map(key.Text) is { } provider && Provider(key.Text, provider, findings, environment) is { } read)
                providers.Add(read);
        }

        return providers.ToImmutable();
    }

    private static IdentityProvider? Provider(string name, YamlMapping section, Findings findings, Func<string, string?> environment)
    {
        var map = new MappingReader(
            section, $"provider '{name}'", findings, "title", "authority", "client_id", "client_secret_env", "scopes", "link_by_email", "create", "newcomers_roles", "roles_claim", "roles");
        var authority = Authority(map, findings);
        var client = map.RequiredText("client_id", "customerservice");
        var scopes = map.Texts("scopes");
        if (scopes is not [] && scopes.All(scope => scope.Value != "openid"))
            findings.Error(scopes[0].At, $"provider '{name}' asks without the scope openid, and is told of nobody then", "add 'openid' to 'scopes'");
        var (claim, roles, begins, creates) = (map.Text("roles_claim"), RolesByValue(map, findings), RolesAt(map, "newcomers_roles", findings), map.Truth("create") ?? false);
        if (claim is { } says && roles.IsEmpty)
            findings.Error(says.At, $"provider '{name}' says roles by '{says.Value}', and no value of it is one", "add 'roles:' with lines like 'support-team: agent'");
        if (claim is null && !roles.IsEmpty)
            findings.Error(map.At, $"provider '{name}' has roles and no claim that says them", "add 'roles_claim: groups', or remove 'roles'");
        if (creates && claim is null && begins.IsEmpty)
            findings.Error(map.At, $"provider '{name}' is to make accounts, and nothing says what newcomers may do", "add 'newcomers_roles: [agent]', or 'roles_claim' and 'roles'");
        return authority is null || client is null ? null : new IdentityProvider(name, map.Text("title")?.Value ?? name, authority, client.Value.Value)
        {
            ClientSecret = Secret(map, findings, environment),
            Scopes = scopes.IsEmpty ? ["openid", "profile", "email"] : [.. scopes.Select(scope => scope.Value)],
            LinksByEmail = map.Truth("link_by_email") ?? false,
            CreatesPeople = creates,
            NewcomersRoles = begins,
            RoleClaim = claim?.Value,
            Roles = roles,
        };
    }

    private static Uri? Authority(MappingReader map, Findings findings)
    {
        if (map.RequiredText("authority", "https://login.example.com") is not { } written)
            return null;
        if (Uri.TryCreate(written.Value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) && uri.Query.Length == 0)
            return uri;
        findings.Error(written.At, $"'{written.Value}' is no provider's address", "write it as the provider's discovery document does, such as 'https://login.example.com/realms/shop'; http only on this machine");
        return null;
    }

    private static string? Secret(MappingReader map, Findings findings, Func<string, string?> environment)
    {
        if (map.Text("client_secret_env") is not { } named)
            return null;
        if (environment(named.Value) is { Length: > 0 } secret)
            return secret;
        findings.Error(named.At, $"the environment variable {named.Value} is not set", $"set {named.Value} to the secret that the provider gave you, or remove 'client_secret_env' where it gave none");
        return null;
    }

    private static ImmutableDictionary<string, Role> RolesByValue(MappingReader map, Findings findings)
    {
        var roles = ImmutableDictionary.CreateBuilder<string, Role>(StringComparer.Ordinal);
        foreach (var (value, node) in map.Map("roles")?.Entries ?? [])
        {
            if (RoleOf((node as YamlScalar)?.Text) is { } role)
                roles[value.Text] = role;
            else
                findings.Error(node.At, $"'{(node as YamlScalar)?.Text}' is no role", Suggestion.For((node as YamlScalar)?.Text ?? "", RoleNames.All));
        }

        return roles.ToImmutable();
    }

    private static ImmutableArray<Role> RolesAt(MappingReader map, string key, Findings findings)
    {
        var roles = ImmutableArray.CreateBuilder<Role>();
        foreach (var written in map.Texts(key))
        {
            if (RoleOf(written.Value) is { } role)
                roles.Add(role);
            else
                findings.Error(written.At, $"'{written.Value}' is no role", Suggestion.For(written.Value, RoleNames.All));
        }

        return [.. roles.Distinct().Order()];
    }

    private static Role? RoleOf(string? word) => RoleNames.All.IndexOf(word ?? "") is >= 0 and var role ? (Role)role : null;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && !Reserved.Contains(text) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
