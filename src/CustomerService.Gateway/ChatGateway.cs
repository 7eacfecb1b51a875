using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Page;
using CustomerService.Gateway.Sockets;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Gateway.Waiting;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerService.Gateway;

/// <summary>
/// The chat gateway: the page at <c>/</c>, the chat's and agents' addresses under <c>/api</c>, the chat socket, and
/// <c>/openapi/v1.json</c>.
/// </summary>
/// <remarks>It needs an <see cref="IGrainClient"/>, an <see cref="IJournal"/>, <see cref="IHints"/> and an <see cref="IParkedCommands"/> in the container.</remarks>
public static class ChatGateway
{
    /// <exception cref="ArgumentException">A setting can't work; the message says which and what to set.</exception>
    public static IServiceCollection AddChatGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Validated());
        services.AddSingleton(provider => new VisitorTokens(options.VisitorKey, options.VisitorTokenLifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Callers>();
        services.AddSingleton<ChatLimits>();
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<TypingSignals>();
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<WaitingCustomers>();
        services.AddSingleton<SocketLogs>();
        services.AddSingleton<ChatSocketParts>();
        services.AddSingleton<AgentSocketParts>();
        services.AddSingleton<KnownQueues>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownQueues>());
        services.AddSingleton<InteractionInstruments>();
        services.AddHostedService(provider => provider.GetRequiredService<InteractionInstruments>());
        services.AddSingleton<QueueInstruments>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueInstruments>());
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Wire));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.AllowedOrigins]).WithMethods("GET", "POST").WithHeaders("authorization", "content-type")));
        services.AddOpenApi("v1", OpenApiDocumentText.Configure);
        return services;
    }

    /// <summary>
    /// Turns whatever goes wrong further in into problem details, knows callers by their tokens, and lets sockets through. It belongs after
    /// routing (which a WebApplication begins with) and before the endpoints.
    /// </summary>
    public static IApplicationBuilder UseChatGateway(this IApplicationBuilder app) =>
        app.UseMiddleware<ProblemMiddleware>().UseCors().UseMiddleware<AccessMiddleware>().UseWebSockets();

    public static IEndpointRouteBuilder MapChatGateway(this IEndpointRouteBuilder endpoints)
    {
        ChatPage.Map(endpoints);
        endpoints.MapOpenApi("/openapi/{documentName}.json");

        var api = endpoints.MapGroup("/api");
        ChatEndpoints.Map(api);
        ChatSocketEndpoint.Map(api);
        AgentSocketEndpoint.Map(api);
        ConversationEndpoints.Map(api);
        CallbackEndpoint.Map(api);

        var agents = api.MapGroup("").For(Access.Staff);
        AgentEndpoints.Map(agents);
        CustomerEndpoints.Map(agents);
        AgentWorkEndpoints.Map(agents);
        ConversationActEndpoints.Map(agents);
        QueueEndpoints.Map(agents);
        OperationsEndpoints.Map(api.MapGroup("").For(Access.Operators));
        return endpoints;
    }
}
