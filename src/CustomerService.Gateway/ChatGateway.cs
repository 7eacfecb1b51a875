using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Health;
using CustomerService.Channels.Settings;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Page;
using CustomerService.Gateway.Reports;
using CustomerService.Gateway.Sockets;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Gateway.Waiting;
using CustomerService.Gateway.Webhooks;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Following;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway;

/// <summary>
/// The gateway has two doors, which may be in one process or in two. The customers' door: the page at <c>/</c>, the chat and its socket. The
/// staff's door: agents and their socket, queues, customers, operations. Both have a conversation's reading, its call back, and
/// <c>/openapi/v1.json</c>, which tells what the process serves.
/// </summary>
/// <remarks>
/// It needs an <see cref="IGrainClient"/>, an <see cref="IJournal"/> and <see cref="IHints"/> in the container; the staff's door an
/// <see cref="IParkedCommands"/>, a <see cref="CustomerService.Channels.Email.Receiving.ParkedMailDesk"/>, an <see cref="IClusterView"/>, an <see cref="CustomerService.Reporting.Conversations.IConversationList"/>, <see cref="CustomerService.Reporting.Retention.IRetentionRules"/> and their <see cref="CustomerService.Reporting.Retention.RetentionPreviews"/> too. Both need a <see cref="CustomerService.Channels.Files.IAttachmentStore"/> for messages' files; a
/// <see cref="IChatSettings"/> says which other sites may use the chat. Where queues live in other processes, <see cref="IQueueNames"/> names them. An
/// <see cref="IDraftReview"/> holds people's messages against the owner's rules. Who of the staff may what, <c>AddStaff</c> brings.
/// </remarks>
public static class ChatGateway
{
    /// <summary>What a process with a door and with grains of its own needs: <see cref="AddGatewayDoors"/> and <see cref="AddGatewayInstruments"/>.</summary>
    /// <exception cref="ArgumentException">A setting can't work; the message says which and what to set.</exception>
    public static IServiceCollection AddChatGateway(this IServiceCollection services, GatewayOptions options) =>
        services.AddGatewayDoors(options).AddGatewayInstruments(options.Queues);

    /// <summary>What serves requests and sockets, whichever of the doors is mapped.</summary>
    /// <exception cref="ArgumentException">A setting can't work; the message says which and what to set.</exception>
    public static IServiceCollection AddGatewayDoors(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Validated());
        services.AddSingleton(provider => new VisitorTokens(options.VisitorKey, options.VisitorTokenLifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Callers>();
        services.AddSingleton(provider => new LiveChatSettings(provider.GetService<IChatSettings>()));
        services.AddSingleton<IdentityTokens>();
        services.AddSingleton(provider => new AttachmentTickets(options.VisitorKey, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new FileLinks(options.VisitorKey, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AttachmentDesk>();
        services.TryAddSingleton<Foresight>();
        services.TryAddSingleton(provider => new ChannelHealth(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ChatLimits>();
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<WebhookLimits>();
        services.AddSingleton<CallAnswering>();
        services.AddSingleton<TypingSignals>();
        services.AddSingleton<ColleagueSignals>();
        services.AddSingleton<NoteMentions>();
        services.AddSingleton(provider => new ChannelGate(
            provider.GetRequiredService<IGrainClient>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<ChannelAccounts>()));
        services.AddSingleton<ConversationReader>();
        services.AddSingleton(provider => new DraftGate(
            provider.GetRequiredService<IGrainClient>(), provider.GetRequiredService<ConversationReader>(), provider.GetService<IDraftReview>()));
        services.TryAddSingleton<IDeskActivities, NoDeskActivities>();
        services.AddSingleton<WaitingCustomers>();
        services.AddSingleton<SocketLogs>();
        services.AddSingleton<ChatSocketParts>();
        services.AddSingleton<AgentSocketParts>();
        services.AddSingleton(provider => new AgentConnections(
            provider.GetRequiredService<IStaffDoor>(), provider.GetRequiredService<IGrainClient>(), options, provider.GetRequiredService<SocketLogs>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StaffConversations(provider));
        services.AddSingleton<OperatorActs>();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Wire));
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<LiveChatSettings>((cors, settings) => cors.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origin => settings.Current.Allows(origin)) // asked at each request: the settings are live
            .WithMethods("GET", "POST").WithHeaders("authorization", "content-type").SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        services.AddOpenApi("v1", OpenApiDocumentText.Configure);
        return services.AddKnownQueues(options.Queues);
    }

    /// <summary>
    /// The figures about interactions and queues. They follow what this process's own grains do, so they belong into every process with grains, and
    /// only there: then the sum over all processes counts each thing once.
    /// </summary>
    /// <param name="queues">See <see cref="GatewayOptions.Queues"/>.</param>
    public static IServiceCollection AddGatewayInstruments(this IServiceCollection services, IEnumerable<string> queues)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<InteractionInstruments>();
        services.AddHostedService(provider => provider.GetRequiredService<InteractionInstruments>());
        services.AddSingleton<QueueInstruments>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueInstruments>());
        return services.AddKnownQueues(queues);
    }

    /// <summary>
    /// Turns whatever goes wrong further in into problem details, knows callers by their tokens, and lets sockets through. It belongs after
    /// routing (which a WebApplication begins with) and before the endpoints.
    /// </summary>
    public static IApplicationBuilder UseChatGateway(this IApplicationBuilder app) =>
        app.UseMiddleware<ProblemMiddleware>()
            .UseWebSockets()
            // A socket's origin is checked at its handshake; what CORS would keep for the request would stay as long as the socket does.
            .UseWhen(context => !context.WebSockets.IsWebSocketRequest, requests => requests.UseCors())
            .UseMiddleware<AccessMiddleware>();

    /// <summary>The customers' door alone.</summary>
    public static IEndpointRouteBuilder MapCustomerGateway(this IEndpointRouteBuilder endpoints)
    {
        var api = MapBothDoors(endpoints);
        MapCustomersDoor(endpoints, api);
        return endpoints;
    }

    /// <summary>The staff's door alone.</summary>
    public static IEndpointRouteBuilder MapStaffGateway(this IEndpointRouteBuilder endpoints)
    {
        MapStaffDoor(MapBothDoors(endpoints));
        return endpoints;
    }

    /// <summary>Both doors in one process.</summary>
    public static IEndpointRouteBuilder MapChatGateway(this IEndpointRouteBuilder endpoints)
    {
        var api = MapBothDoors(endpoints);
        MapCustomersDoor(endpoints, api);
        MapStaffDoor(api);
        return endpoints;
    }

    /// <summary>What customers and staff use alike.</summary>
    private static RouteGroupBuilder MapBothDoors(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        var api = endpoints.MapGroup("/api");
        ConversationEndpoints.Map(api);
        CallbackEndpoint.Map(api);
        AnswerFeedbackEndpoint.Map(api);
        RatingEndpoint.Map(api);
        TranscriptEndpoint.Map(api);
        AttachmentEndpoints.MapForBoth(api);
        return api;
    }

    private static void MapCustomersDoor(IEndpointRouteBuilder endpoints, RouteGroupBuilder api)
    {
        ChatPage.Map(endpoints, endpoints.ServiceProvider.GetRequiredService<GatewayOptions>().Demo);
        ChatEndpoints.Map(api);
        AttachmentEndpoints.MapForCustomers(api);
        FileLinkEndpoint.Map(api);
        ChatSocketEndpoint.Map(api);
        WebhookEndpoint.Map(api);
    }

    private static void MapStaffDoor(RouteGroupBuilder api)
    {
        AgentSocketEndpoint.Map(api);
        // Each address names what it needs; one that forgot to is for administrators.
        var staff = api.MapGroup("").For(Permission.ManagePeople);
        ConversationListEndpoint.Map(staff);
        ConversationInsightEndpoints.Map(staff);
        AttachmentEndpoints.MapForStaff(staff);
        MailSourceEndpoint.Map(staff);
        AgentEndpoints.Map(staff);
        CustomerEndpoints.Map(staff);
        AgentWorkEndpoints.Map(staff);
        SuggestionEndpoint.Map(staff);
        ConversationActEndpoints.Map(staff);
        TranslationEndpoints.Map(staff);
        DeliveryEndpoints.Map(staff);
        QueueEndpoints.Map(staff);
        OperationsEndpoints.Map(staff);
        AlertEndpoints.Map(staff);
        RetentionEndpoints.Map(staff);
        ParkedMailEndpoints.Map(staff);
        PeopleEndpoints.Map(staff);
        ReportEndpoints.Map(staff);
    }

    private static IServiceCollection AddKnownQueues(this IServiceCollection services, IEnumerable<string> queues)
    {
        if (services.Any(service => service.ServiceType == typeof(KnownQueues)))
            return services;
        services.AddSingleton(provider => new KnownQueues(
            queues, provider.GetRequiredService<IJournal>(), provider.GetService<IQueueNames>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KnownQueues>>()));
        return services.AddHostedService(provider => provider.GetRequiredService<KnownQueues>());
    }
}
