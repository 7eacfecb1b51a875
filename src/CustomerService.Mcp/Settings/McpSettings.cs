using System.Collections.Immutable;

namespace CustomerService.Mcp.Settings;

/// <summary>Who may use our tools by MCP, and whose tools we use: the owner's <c>mcp.yaml</c>.</summary>
public sealed record McpSettings
{
    public static McpSettings None { get; } = new();

    public ImmutableArray<McpClientGrant> Clients { get; init; } = [];

    public ImmutableArray<OutsideServer> Servers { get; init; } = [];

    /// <summary>Names by which clients may call this system. Empty: any, or only names of this machine where it listens on nothing else.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Web pages that may call, such as <c>https://desk.example.com</c>. Empty: programs only, no page in a browser.</summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    public McpClientGrant? Client(string name) => Clients.FirstOrDefault(client => client.Name == name);
}

/// <summary>A program that may use our tools, and which.</summary>
/// <param name="Name">Lower case, with digits and '-'.</param>
public sealed record McpClientGrant(string Name)
{
    public const int DefaultCallsPerMinute = 120;

    /// <summary>The environment variable with its key; null: the key is in a file of the data folder.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Scopes of tools, such as <c>orders:read</c>. Nothing else is shown to it.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>It may name a conversation only by a token that was made for it; else by its id.</summary>
    public bool NeedsConversationToken { get; init; } = true;

    /// <summary>Ids of the shop's customers whose conversations it may act in; empty: all.</summary>
    public ImmutableArray<string> Customers { get; init; } = [];

    public int CallsPerMinute { get; init; } = DefaultCallsPerMinute;
}

/// <summary>Another system's MCP server. Its address is the owner's; nothing that anybody says changes it.</summary>
/// <param name="Name">Goes before its tools' names: <c>parcels.find_parcel</c>.</param>
public sealed record OutsideServer(string Name)
{
    /// <summary>Where it is, over HTTP; null: it is a program, <see cref="Command"/>.</summary>
    public Uri? Url { get; init; }

    public string? Command { get; init; }

    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The environment variable with the bearer token that it wants; null: none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Its tools that procedures may use; the others do not exist for us.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>Those of them that change something, and so need the customer's yes.</summary>
    public ImmutableArray<string> Writes { get; init; } = [];

    /// <summary>Whether the customer must have proved who they are.</summary>
    public bool NeedsIdentity { get; init; } = true;

    /// <summary>What an MCP client of ours must be granted to use them.</summary>
    public string Scope { get; init; } = "";
}
