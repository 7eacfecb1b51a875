using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CustomerService.Mcp.Serving;

/// <summary>
/// Serves a running system's tools on this program's input and output, for clients that start a program instead of calling an address. It
/// decides nothing: each call goes to the system, with this client's key.
/// </summary>
public static class StdioBridge
{
    /// <param name="system">Where the system is.</param>
    /// <param name="key">The client's key.</param>
    /// <param name="conversation">The conversation, or its token, for every call that names none; null: each names its own.</param>
    /// <param name="input">From the client.</param>
    /// <param name="output">To the client.</param>
    /// <param name="cancellation">Ends it; so does the end of the input.</param>
    /// <exception cref="HttpRequestException">The system can't be reached, or does not know the key.</exception>
    public static async Task RunAsync(Uri system, string key, string? conversation, Stream input, Stream output, CancellationToken cancellation)
    {
        var address = new HttpClientTransportOptions
        {
            Endpoint = new Uri(system, McpDoor.Path),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key },
        };
        await using var client = await McpClient.CreateAsync(new HttpClientTransport(address, NullLoggerFactory.Instance), cancellationToken: cancellation);
        var options = new McpServerOptions
        {
            ServerInfo = client.ServerInfo,
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = async (request, stop) => await client.ListToolsAsync(request.Params ?? new ListToolsRequestParams(), stop),
                CallToolHandler = async (request, stop) => await client.CallToolAsync(WithConversation(request.Params!, conversation), stop),
            },
        };
        await using var server = McpServer.Create(new StreamServerTransport(input, output, "customer-service"), options);
        await server.RunAsync(cancellation);
    }

    private static CallToolRequestParams WithConversation(CallToolRequestParams call, string? conversation)
    {
        if (conversation is null || call.Arguments?.ContainsKey(ToolForm.Conversation) == true)
            return call;
        var arguments = new Dictionary<string, JsonElement>(call.Arguments ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal)
        {
            [ToolForm.Conversation] = JsonSerializer.SerializeToElement(conversation),
        };
        return new CallToolRequestParams { Name = call.Name, Arguments = arguments };
    }
}
