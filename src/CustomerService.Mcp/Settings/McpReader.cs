using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Mcp.Settings;

/// <summary>Reads <c>mcp.yaml</c>. Whatever is wrong is a finding with its place and a fix.</summary>
internal sealed class McpReader(Findings findings)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static McpSettings Parse(string text, string file)
    {
        var findings = new Findings(file);
        var settings = YamlText.Read(text, findings) is { } root ? new McpReader(findings).Read(root) : null;
        return findings.HasErrors || settings is null
            ? throw new PipelineFormatException(findings.InOrder.Where(finding => finding.Severity == FindingSeverity.Error))
            : settings;
    }

    private McpSettings Read(YamlMapping root)
    {
        var map = new MappingReader(root, "mcp.yaml", findings, "hosts", "origins", "clients", "servers");
        return new McpSettings
        {
            Hosts = Values(map, "hosts"),
            Origins = [.. map.Texts("origins").Select(Origin)],
            Clients = [.. Maps(map, "clients").Select(Client)],
            Servers = [.. Maps(map, "servers").Select(Server)],
        };
    }

    private McpClientGrant Client(YamlMapping node)
    {
        var map = new MappingReader(node, "a client", findings, "name", "key_env", "scopes", "conversations", "customers", "calls_per_minute");
        var scopes = Values(map, "scopes");
        if (scopes.IsEmpty)
            findings.Error(map.At, "a client has no scopes", "add 'scopes: [products:read, knowledge:read]', or leave the client out");
        return new McpClientGrant(Name(map, "desk-copilot"))
        {
            KeyVariable = map.Text("key_env")?.Value,
            Scopes = scopes,
            NeedsConversationToken = map.Word("conversations", "token", "any") != "any",
            Customers = Values(map, "customers"),
            CallsPerMinute = map.Whole("calls_per_minute", 1, 100_000) ?? McpClientGrant.DefaultCallsPerMinute,
        };
    }

    private OutsideServer Server(YamlMapping node)
    {
        var map = new MappingReader(node, "a server", findings, "name", "url", "command", "args", "key_env", "timeout", "tools");
        var name = Name(map, "parcels");
        var (url, command) = (Url(map), map.Text("command"));
        if ((map.Node("url") is null) == (command is null))
            findings.Error(map.At, "a server needs either a url or a command", "add 'url: https://mcp.example.com/mcp', or 'command: program' for one on this machine, and not both");
        if (map.Map("tools") is not { } inner)
        {
            findings.Error(map.At, "a server has no tools", "add 'tools: { allow: [find_parcel] }': only these are used");
            return new OutsideServer(name);
        }

        var tools = new MappingReader(inner, "tools", findings, "allow", "writes", "identity", "scope");
        var allowed = Values(tools, "allow");
        if (allowed.IsEmpty)
            findings.Error(inner.At, "no tool is allowed", "add 'allow: [find_parcel]' with the names that the server gives its tools");
        foreach (var write in tools.Texts("writes").Where(write => !allowed.Contains(write.Value)))
            findings.Error(write.At, $"'{write.Value}' writes and is not allowed", Suggestion.For(write.Value, allowed));
        return new OutsideServer(name)
        {
            Url = url,
            Command = command?.Value,
            Arguments = Values(map, "args"),
            KeyVariable = map.Text("key_env")?.Value,
            Timeout = TimeSpan.FromSeconds(map.Seconds("timeout", 1, 120) ?? 10),
            Allowed = allowed,
            Writes = Values(tools, "writes"),
            NeedsIdentity = tools.Word("identity", "basic", "none") != "none",
            Scope = tools.Text("scope")?.Value ?? name + ":use",
        };
    }

    private string Name(MappingReader map, string example)
    {
        if (map.RequiredText("name", example) is not { } name)
            return "";
        if (name.Value.Length > 40 || !name.Value.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'))
            findings.Error(name.At, $"'{name.Value}' can't be a name", "use up to 40 lower case letters, digits, '-' and '_'");
        else if (!_names.Add(name.Value))
            findings.Error(name.At, $"the name '{name.Value}' is used twice", "give each client and each server a name of its own");
        return name.Value;
    }

    private Uri? Url(MappingReader map)
    {
        if (map.Text("url") is not { } text)
            return null;
        if (Uri.TryCreate(text.Value, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.UserInfo.Length == 0)
        {
            if (url.Scheme == "http" && !url.IsLoopback)
                findings.Warning(text.At, "customers' words go to it unencrypted", "use https");
            return url;
        }

        findings.Error(text.At, $"'{text.Value}' is no address of a server", "write it as https://mcp.example.com/mcp; a key belongs into key_env");
        return null;
    }

    private string Origin(Located<string> text)
    {
        if (!Uri.TryCreate(text.Value, UriKind.Absolute, out var url) || url.GetLeftPart(UriPartial.Authority) != text.Value)
            findings.Error(text.At, $"'{text.Value}' is no origin", "write scheme and host only, such as https://desk.example.com");
        return text.Value;
    }

    private static ImmutableArray<string> Values(MappingReader map, string key) => [.. map.Texts(key).Select(text => text.Value)];

    private IEnumerable<YamlMapping> Maps(MappingReader map, string key)
    {
        foreach (var item in map.List(key)?.Items ?? [])
        {
            if (item is YamlMapping inner)
                yield return inner;
            else
                findings.Error(item.At, $"an item of '{key}' is {item.Kind}, where a map is expected", "write '- name: …' and its keys under it");
        }
    }
}
