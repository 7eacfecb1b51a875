using CustomerService.Assistants.Tools;
using CustomerService.Grains.Turns;
using CustomerService.Mcp.Serving;
using CustomerService.Mcp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CustomerService.Mcp;

/// <summary>What the door needs of whoever puts the process together.</summary>
/// <param name="Gate">The gate in use; asked for with each call.</param>
/// <param name="Questions">How to ask customers; null: this process can't.</param>
/// <param name="Key">A client's key; null: it has none.</param>
/// <param name="Secret">Signs conversations' tokens.</param>
public sealed record McpDoorParts(Func<ToolGate> Gate, Func<CustomerQuestions?> Questions, Func<McpClientGrant, string?> Key, ReadOnlyMemory<byte> Secret);

/// <summary>Our tools for other programs, by the Model Context Protocol over HTTP at <c>/mcp</c>.</summary>
public static class McpDoor
{
    public const string Path = "/mcp";

    /// <summary>The container must also have an <see cref="IGrainClient"/>, an <see cref="IMcpSettingsSource"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddMcpDoor(this IServiceCollection services, Func<IServiceProvider, McpDoorParts> parts)
    {
        services.AddSingleton(parts);
        services.AddSingleton(provider => new ClientKeys(provider.GetRequiredService<IMcpSettingsSource>(), provider.GetRequiredService<McpDoorParts>().Key));
        services.AddSingleton(provider => new ConversationTokens(provider.GetRequiredService<McpDoorParts>().Secret, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ClientLimits>();
        services.AddSingleton(provider => new ToolDesk(
            provider.GetRequiredService<McpDoorParts>().Gate, provider.GetRequiredService<IGrainClient>(), provider.GetRequiredService<ConversationTokens>(),
            provider.GetRequiredService<McpDoorParts>().Questions, provider.GetRequiredService<ClientLimits>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ToolDesk>>()));
        services.AddMcpServer(server => server.ServerInfo = new Implementation { Name = "customer-service", Version = typeof(McpDoor).Assembly.GetName().Version?.ToString(3) ?? "0" })
            // Every request stands alone and shows its key, so there is no session to take over, and any process can answer.
            .WithHttpTransport(transport => transport.Stateless = true)
            .WithListToolsHandler((request, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. DeskOf(request).ToolsFor(ClientOf(request))] }))
            .WithCallToolHandler(async (request, cancellation) =>
            {
                var asked = request.Params ?? throw new McpProtocolException("The call names no tool.", McpErrorCode.InvalidParams);
                var given = asked.Arguments is null ? [] : asked.Arguments.ToDictionary(StringComparer.Ordinal);
                return (await DeskOf(request).CallAsync(ClientOf(request), asked.Name, given, cancellation)).OnTheWire();
            });
        return services;
    }

    /// <summary>Belongs before the endpoints.</summary>
    public static IApplicationBuilder UseMcpDoor(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), branch => branch.UseMiddleware<McpAccess>());

    public static IEndpointRouteBuilder MapMcpDoor(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMcp(Path);
        return endpoints;
    }

    private static ToolDesk DeskOf(MessageContext request) => request.Services!.GetRequiredService<ToolDesk>();

    /// <summary>Who calls, as the settings are now.</summary>
    private static McpClientGrant ClientOf(MessageContext request) =>
        request.User?.Identity?.Name is { } name && request.Services!.GetRequiredService<IMcpSettingsSource>().Current.Client(name) is { } client
            ? client
            : throw new McpProtocolException("This client is not known.", McpErrorCode.InvalidRequest);
}
