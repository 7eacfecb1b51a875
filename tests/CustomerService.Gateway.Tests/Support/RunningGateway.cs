using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Retention;
using CustomerService.Runtime.Journal;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>A real gateway on a real port of this machine.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const string AgentToken = "agent-token-for-tests";
    public const string OperatorToken = "operator-token-for-tests";

    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    /// <summary>What the environment variables KEY… have.</summary>
    public static string IdentityKeyOf(string variable) => $"{variable} is a secret of at least 32 bytes";

    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, GrainWorld world, Uri address)
    {
        _app = app;
        World = world;
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public GrainWorld World { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static GatewayOptions Options { get; } = new() { VisitorKey = Key, AgentToken = AgentToken, OperatorToken = OperatorToken };

    public static Task<RunningGateway> StartAsync(GrainWorld? world = null, GatewayOptions? options = null, int port = 0, Action<IServiceCollection>? services = null)
    {
        world ??= new GrainWorld();
        return StartAsync(world, world, world, options, port, services: services);
    }

    /// <summary>In front of any host of grains.</summary>
    /// <param name="map">Which doors it has; both where null.</param>
    /// <param name="services">What it has besides, such as channels.</param>
    public static async Task<RunningGateway> StartAsync(
        IGrainClient grains, IJournal journal, GrainWorld world, GatewayOptions? options = null, int port = 0, Action<IEndpointRouteBuilder>? map = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddSingleton(grains).AddSingleton(journal).AddSingleton<IHints, InProcessHints>().AddSingleton<IParkedCommands>(world).AddSingleton<IClusterView>(world);
        if (world.Drafts is { } drafts)
            builder.Services.AddSingleton(drafts);
        builder.Services.AddSingleton(ConversationTables.OnFile(Path.Combine(world.Folder, "conversations.db")));
        builder.Services.AddSingleton<IConversationList>(provider => provider.GetRequiredService<ConversationTables>());
        builder.Services.AddSingleton<IRetentionList>(provider => provider.GetRequiredService<ConversationTables>());
        builder.Services.AddSingleton(new OwnersRetention()).AddSingleton<IRetentionRules>(provider => provider.GetRequiredService<OwnersRetention>());
        builder.Services.AddSingleton<IParkedConversations>(provider => provider.GetRequiredService<OwnersRetention>()).AddSingleton<DueConversations>().AddSingleton<RetentionPreviews>();
        builder.Services.AddSingleton<IFigures>(new FiguresFromCases(CaseTables.OnFile(Path.Combine(world.Folder, "figures.db")), () => TimeZoneInfo.Utc));
        builder.Services.AddSingleton<IAttachmentStore>(new FolderAttachmentStore(Path.Combine(world.Folder, "attachments")));
        // An account of a test's own comes after, and counts then.
        builder.Services.AddSingleton(provider => new ChannelAccounts(
            Channels.Settings.ChannelSettings.None,
            _ => new AccountParts(new HttpClient(), TimeProvider.System, NullLoggerFactory.Instance, provider.GetRequiredService<IAttachmentStore>(), null),
            NullLogger<ChannelAccounts>.Instance));
        builder.Services.AddSingleton<IChannelIntake>(provider => new ChannelIntake(grains, provider.GetRequiredService<IAttachmentStore>(), NullLogger<ChannelIntake>.Instance));
        builder.Services.AddSingleton<IParkedMails>(new FileParkedMails(Path.Combine(world.Folder, "parked-mails")));
        builder.Services.AddSingleton<ParkedMailDesk>();
        builder.Services.AddSingleton(provider => new ChannelFile(
            world.ChannelsFile, name => name.StartsWith("KEY", StringComparison.Ordinal) ? IdentityKeyOf(name) : null, TimeProvider.System, provider.GetRequiredService<ILogger<ChannelFile>>()));
        builder.Services.AddSingleton<IChatSettings>(provider => provider.GetRequiredService<ChannelFile>());
        builder.Services.AddStaff(Key, hashIterations: 1000).AddChatGateway(options ?? Options);
        builder.Services.AddSingleton<IAnswerFeedback>(world);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseChatGateway();
        (map ?? (routes => routes.MapChatGateway()))(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RunningGateway(app, world, new Uri(address));
    }

    public async Task<SessionStarted> BeginSessionAsync()
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/chat/sessions");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return JsonSerializer.Deserialize(answer.Text, GatewayJson.Wire.SessionStarted)!;
    }

    public Task<Answer> SayAsync(string? token, string text, string? conversation = null, string? id = null) =>
        SendAsync(HttpMethod.Post, "/api/chat/messages", token, new { conversationId = conversation, messageId = id, text });

    public Task<Answer> ReadAsync(string? token, string conversation, string query = "") =>
        SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}{query}", token);

    /// <summary>Polls, without sleeping, until the conversation has this many messages.</summary>
    public async Task<JsonArray> MessagesAsync(string token, string conversation, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var after = 0; ; after = count - 1)
        {
            var answer = await ReadAsync(token, conversation, $"?after={after}&wait=5");
            if (answer.Json["standing"]!["lastSequence"]!.GetValue<int>() >= count)
                return (await ReadAsync(token, conversation)).Json["messages"]!.AsArray();
            Assert.False(patience.IsCancellationRequested, $"Conversation {conversation} should have {count} messages: {answer.Text}");
        }
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? token = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await SendAsync(request, token);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? token = null)
    {
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Http.SendAsync(request);
        return new Answer(
            response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>A whole answer, read.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer has no body.");

    public string? Code => Json["code"]?.GetValue<string>();

    /// <summary>Checks that this is a problem of that status and code, and gives it.</summary>
    public JsonNode ShouldBe(int status, string code)
    {
        Assert.True((int)Status == status && MediaType == "application/problem+json" && Code == code, $"Expected {status} {code}, got {(int)Status}: {Text}");
        Assert.Equal(status, Json["status"]!.GetValue<int>());
        Assert.Equal("about:blank", Json["type"]!.GetValue<string>());
        Assert.False(string.IsNullOrEmpty(Json["title"]!.GetValue<string>()));
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CustomerService.", Text, StringComparison.Ordinal);
        return Json;
    }
}
