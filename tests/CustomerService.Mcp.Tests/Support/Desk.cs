using System.Collections.Immutable;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Mcp.Serving;
using CustomerService.Mcp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace CustomerService.Mcp.Tests.Support;

/// <summary>The door on a real socket, over a gate of a few tools and two conversations.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Key = "a-key-of-thirty-characters-long";
    public const string Lena = "lena_berg_1";

    /// <summary>Lena has proved in it who she is.</summary>
    public const string Proven = "c-proven";

    /// <summary>Nobody has proved anything in it.</summary>
    public const string Unproven = "c-unproven";

    private readonly WebApplication _app;

    private Desk(WebApplication app, Settable settings, Conversations conversations) => (_app, Settings, Grains) = (app, settings, conversations);

    public Conversations Grains { get; }

    public Settable Settings { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public ConversationTokens Tokens => _app.Services.GetRequiredService<ConversationTokens>();

    public RecordedLog Log => _app.Services.GetRequiredService<RecordedLog>();

    public static async Task<Desk> StartAsync(params ImmutableArray<McpClientGrant> clients)
    {
        var settings = new Settable { Current = new McpSettings { Clients = clients } };
        var builder = WebApplication.CreateSlimBuilder();
        var (gate, conversations) = (new ToolGate(TestTools.All), new Conversations());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var log = new RecordedLog();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(log).AddSingleton<TimeProvider>(new ManualTimeProvider(Conversations.Now)).AddSingleton<IGrainClient>(_ => conversations).AddSingleton<IMcpSettingsSource>(settings);
        builder.Services.AddMcpDoor(_ => new McpDoorParts(() => gate, () => null, client => client.Name + "-" + Key, new byte[32]));
        var app = builder.Build();
        app.UseMcpDoor();
        app.MapMcpDoor();
        await app.StartAsync();
        return new Desk(app, settings, conversations);
    }

    public static McpClientGrant Client(params ImmutableArray<string> scopes) => new("copilot") { Scopes = scopes, NeedsConversationToken = false };

    public Task<McpClient> ConnectAsync(string client = "copilot") => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(Address, McpDoor.Path),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {client}-{Key}" },
    }));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed class Settable : IMcpSettingsSource
{
    public required McpSettings Current { get; set; }
}

/// <summary>Two conversations, as their grains answer.</summary>
internal sealed class Conversations : IGrainClient
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The calls that were told, with their conversations.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<(string Conversation, NoteToolCall Call)> Noted { get; } = new();

    /// <summary>Whether the conversations can't record anything.</summary>
    public bool Full { get; set; }

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        if (command is not NoteToolCall call)
            return ValueTask.FromResult<Reply>(ViewOf(grain));
        if (!Full)
            Noted.Enqueue((grain.Key, call));
        return ValueTask.FromResult(Full ? new Refused("full", "There is no room.") : Reply.Done);
    }

    private static ConversationView ViewOf(GrainId grain) => grain.Key switch
    {
        Desk.Proven => View(grain.Key) with { Identity = new ProvenIdentity(Desk.Lena, "Lena Berg", "basic", Now, Now.AddHours(1)) },
        Desk.Unproven => View(grain.Key),
        _ => View(grain.Key) with { Status = ConversationStatus.New },
    };

    private static ConversationView View(string id) =>
        new(id, ConversationStatus.Assistant, "chat", "visitor-1", "customer-1", Now, 1, null, null, null, null, null, 0, 0, 0);
}

/// <summary>What was logged, one line each.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
