using System.Collections.Concurrent;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Turns;
using CustomerService.Knowledge;
using CustomerService.Mcp;
using CustomerService.Mcp.Serving;
using CustomerService.Mcp.Settings;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Running;

/// <summary>Our tools for other programs, where the staff's door is.</summary>
internal static class ToolServing
{
    public static IServiceCollection AddToolServing(this IServiceCollection services, SiloSettings settings, ISystemRecords records, SystemKeys keys)
    {
        services.AddSingleton(p => new McpFile(settings.Content.Mcp, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<McpFile>>()));
        services.AddSingleton<IMcpSettingsSource>(p => p.GetRequiredService<McpFile>());
        var made = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        return services.AddMcpDoor(p => new McpDoorParts(GateOf(p, settings, records), () => QuestionsOf(p), client => KeyOf(client, made, records), keys.VisitorKey));
    }

    /// <summary>Opens the settings now, so that a bad file is told at the start.</summary>
    public static void MapToolServing(this WebApplication app)
    {
        var clients = app.Services.GetRequiredService<McpFile>().Current.Clients;
        var key = app.Services.GetRequiredService<McpDoorParts>().Key;
        foreach (var client in clients.Where(client => key(client) is null))
            app.Logger.LogWarning("mcp.yaml: client {Client} has no key, so it can't call. Set {Variable}.", client.Name, client.KeyVariable ?? "its key_env");
        app.UseMcpDoor();
        app.MapMcpDoor();
    }

    /// <summary>The gate of this process's pipelines; a process without pipelines has one of its own.</summary>
    private static Func<ToolGate> GateOf(IServiceProvider services, SiloSettings settings, ISystemRecords records)
    {
        if (services.GetService<PipelineHolder>() is { } pipelines)
            return () => pipelines.Parts?.Tools ?? throw new InvalidOperationException("The grains' host has not started.");
        var own = new Lazy<ToolGate>(() => new ToolGate(ShopTools.All(records.OpenOrders(), KnowledgeIndex.Open(settings.Content.Knowledge))));
        return () => own.Value;
    }

    /// <summary>A process without pipelines can't ask; the client is told that the customer's yes is needed.</summary>
    private static CustomerQuestions? QuestionsOf(IServiceProvider services) => services.GetService<PipelineHolder>()?.Parts?.Proposals is { } proposals
        ? new CustomerQuestions(proposals, services.GetRequiredService<IGrainClient>(), services.GetRequiredService<TimeProvider>())
        : null;

    private static string? KeyOf(McpClientGrant client, ConcurrentDictionary<string, string?> made, ISystemRecords records) =>
        client.KeyVariable is { } variable ? Environment.GetEnvironmentVariable(variable) : made.GetOrAdd(client.Name, records.ClientKey);
}
