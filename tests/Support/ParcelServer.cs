using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace CustomerService.Tests;

/// <summary>Another system's server, made with the SDK on a real socket; a test turns it hostile.</summary>
internal sealed class ParcelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private ParcelServer(WebApplication app) => _app = app;

    public Uri Address => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "mcp");

    public List<Tool> Tools { get; } = [.. Offered];

    /// <summary>What a call is answered.</summary>
    public Func<CallToolRequestParams, CancellationToken, Task<CallToolResult>> Answer { get; set; } = (call, _) => Task.FromResult(Found(call));

    /// <summary>Runs before anything of a request is read.</summary>
    public RequestDelegate? Instead { get; set; }

    public int Calls => _calls;

    public CallToolRequestParams? Last { get; private set; }

    /// <summary>What it offers at first.</summary>
    public static IReadOnlyList<Tool> Offered { get; } =
    [
        Offer("find_parcel", "Tells where a parcel is.", """{"type":"object","properties":{"number":{"type":"string","description":"Its number."},"days":{"type":"integer"},"filter":{"type":"object"}},"required":["number"]}"""),
        Offer("move_delivery", "Moves a delivery.", """{"type":"object","properties":{"number":{"type":"string"}},"required":["number"]}"""),
        Offer("secret_tool", "Is not for us.", """{"type":"object"}"""),
    ];

    /// <summary>Every parcel is in Ely, but P0, which there is not.</summary>
    public static CallToolResult Found(CallToolRequestParams call) => call.Arguments!["number"].GetString() is not "P0" and var number
        ? Text($"parcel {number} is in Ely")
        : new CallToolResult { Content = [new TextContentBlock { Text = "there is no parcel P0" }], IsError = true };

    public static Tool Offer(string name, string description, string schema) =>
        new() { Name = name, Description = description, InputSchema = JsonSerializer.Deserialize<JsonElement>(schema) };

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    public static async Task<ParcelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        ParcelServer? made = null;
        builder.Services.AddMcpServer()
            .WithHttpTransport(transport => transport.Stateless = true)
            .WithListToolsHandler((_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. made!.Tools] }))
            .WithCallToolHandler(async (request, cancellation) =>
            {
                Interlocked.Increment(ref made!._calls);
                made.Last = request.Params;
                return await made.Answer(request.Params!, cancellation);
            });
        var app = builder.Build();
        made = new ParcelServer(app);
        app.Use((context, next) => made.Instead is { } instead ? instead(context) : next(context));
        app.MapMcp("/mcp");
        await app.StartAsync();
        return made;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
