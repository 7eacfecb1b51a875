using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CustomerService.Tests;

/// <summary>Another system's server as a program on standard input and output: this test assembly, started by itself.</summary>
internal static class ParcelProgram
{
    /// <summary>The arguments with which <c>dotnet</c> starts it.</summary>
    public static string[] Arguments { get; } = [typeof(ParcelProgram).Assembly.Location];

    /// <summary>The parcel's number that it does not survive.</summary>
    public const string Crash = "crash";

    public static async Task Main()
    {
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "parcels", Version = "1" } };
        options.Handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. ParcelServer.Offered] });
        options.Handlers.CallToolHandler = (call, _) =>
        {
            if (call.Params!.Arguments!["number"].GetString() == Crash)
                Environment.Exit(1);
            return ValueTask.FromResult(ParcelServer.Found(call.Params));
        };
        await using var server = McpServer.Create(new StdioServerTransport("parcels"), options);
        await server.RunAsync();
    }
}
