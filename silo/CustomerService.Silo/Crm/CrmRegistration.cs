using CustomerService.Grains.Journal;
using CustomerService.Integrations;
using CustomerService.Integrations.Outbound;
using CustomerService.Integrations.Webhooks;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.Crm;

/// <summary>Puts one feed together for each outside system that the settings name, so that one that is down delays no other.</summary>
internal static class CrmRegistration
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Call it after the host is registered: what starts later stops earlier, and a feed needs the host to the end.</summary>
    public static IServiceCollection AddCrmFeeds(this IServiceCollection services, SiloSettings settings, ISystemRecords records)
    {
        services.AddSingleton<IntegrationsInstruments>();
        services.AddSingleton(new Backoff(FirstWait, CrmFeed.LongestWait, Random.Shared));
        return services.AddFeed(FeedTarget.Crm, settings.CrmWebhook, records).AddFeed(FeedTarget.Ticketing, settings.TicketWebhook, records).AddFeed(FeedTarget.Alerts, settings.AlertWebhook, records);
    }

    private static IServiceCollection AddFeed(this IServiceCollection services, FeedTarget target, WebhookSettings? webhook, ISystemRecords records)
    {
        if (webhook is null)
            return services;
        services.AddKeyedSingleton<IDestination>(target.Name, (p, _) => new SignedWebhook(webhook, p.GetRequiredService<TimeProvider>()));

        // Not AddHostedService, which takes one of a type.
        return services.AddSingleton<IHostedService>(p => new CrmFeed(
            target,
            p.GetRequiredKeyedService<IDestination>(target.Name),
            p.GetRequiredService<IJournal>(),
            p.GetRequiredService<IGrainHosting>().Inside,
            records.FeedPosition(target.Name),
            records.RefusedEvents(target.Name, p.GetRequiredService<TimeProvider>()),
            records.Duty(target.Name, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>()),
            p.GetRequiredService<IntegrationsInstruments>(),
            p.GetRequiredService<Backoff>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<CrmFeed>>()));
    }
}
