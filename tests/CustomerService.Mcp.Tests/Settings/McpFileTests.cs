using CustomerService.Mcp.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Mcp.Tests.Settings;

public sealed class McpFileTests
{
    [Fact]
    public void WholeFile_IsRead()
    {
        var settings = McpFile.Parse(
            """
            hosts: [desk.example.com]
            origins: ['https://desk.example.com']
            clients:
              - name: copilot
                key_env: COPILOT_KEY
                scopes: [orders:read]
                conversations: any
                customers: [lena_berg_1]
                calls_per_minute: 5
            servers:
              - name: parcels
                url: https://mcp.parcels.example/mcp
                timeout: 3s
                tools: { allow: [find_parcel, move], writes: [move], identity: none }
            """,
            "mcp.yaml");

        var client = settings.Client("copilot")!;
        Assert.Equal(("COPILOT_KEY", false, 5), (client.KeyVariable, client.NeedsConversationToken, client.CallsPerMinute));
        var server = Assert.Single(settings.Servers);
        Assert.Equal((TimeSpan.FromSeconds(3), false, "parcels:use"), (server.Timeout, server.NeedsIdentity, server.Scope));
        Assert.Equal("move", Assert.Single(server.Writes));
    }

    [Theory]
    [InlineData("clints: []", "1:1", "did you mean 'clients'")]
    [InlineData("clients: [{ name: a }]", "1:11", "scopes")]
    [InlineData("clients: [{ name: 'A b', scopes: [x] }]", "1:19", "can't be a name")]
    [InlineData("clients: [{ name: a, scopes: [x] }, { name: a, scopes: [x] }]", "1:45", "used twice")]
    [InlineData("servers: [{ name: p, tools: { allow: [x] } }]", "1:11", "either a url or a command")]
    [InlineData("servers: [{ name: p, url: 'ftp://x', tools: { allow: [x] } }]", "1:27", "no address")]
    [InlineData("servers: [{ name: p, url: 'https://user:pw@x', tools: { allow: [x] } }]", "1:27", "key_env")]
    [InlineData("servers: [{ name: p, command: x, tools: { allow: [find], writes: [fnd] } }]", "1:67", "did you mean 'find'")]
    [InlineData("origins: [desk.example.com]", "1:11", "scheme and host")]
    public void Mistake_IsToldWithPlaceAndFix(string yaml, string place, string says)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => McpFile.Parse(yaml, "mcp.yaml"));

        Assert.Contains($"mcp.yaml:{place}: error", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }
}
