using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Mcp.Outside;

/// <summary>
/// The tools that the owner approved, word for word. Only these words are ever shown or followed: a server that describes a tool in another way
/// today has no such tool for us.
/// </summary>
public sealed class ToolApprovals
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, OfferedTool>> _servers;

    private ToolApprovals(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, OfferedTool>> servers) => _servers = servers;

    public static ToolApprovals None { get; } = new(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, OfferedTool>>.Empty);

    public OfferedTool? Find(string server, string tool) => _servers.GetValueOrDefault(server)?.GetValueOrDefault(tool);

    public ToolApprovals With(string server, OfferedTool tool) =>
        new(_servers.SetItem(server, (_servers.GetValueOrDefault(server) ?? ImmutableSortedDictionary<string, OfferedTool>.Empty).SetItem(tool.Name, tool)));

    /// <exception cref="FormatException">The text holds something else.</exception>
    public static ToolApprovals Parse(string json, string file)
    {
        if (string.IsNullOrWhiteSpace(json))
            return None;
        try
        {
            var approvals = None;
            using var document = JsonDocument.Parse(json);
            foreach (var server in document.RootElement.EnumerateObject())
            {
                foreach (var tool in server.Value.EnumerateObject())
                    approvals = approvals.With(server.Name, new OfferedTool(tool.Name, tool.Value.GetProperty("description").GetString()!, tool.Value.GetProperty("schema").Clone()));
            }

            return approvals;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"{file} holds no approved tools ({fault.Message}). Fix: bring back a copy, or delete it and approve the tools again: ./run mcp approve SERVER.", fault);
        }
    }

    public override string ToString()
    {
        var all = new JsonObject();
        foreach (var (server, tools) in _servers)
        {
            var listed = new JsonObject();
            foreach (var (name, tool) in tools)
                listed[name] = new JsonObject { ["description"] = tool.Description, ["schema"] = JsonNode.Parse(tool.Schema.GetRawText()) };
            all[server] = listed;
        }

        return all.ToJsonString(Indented) + "\n";
    }
}
