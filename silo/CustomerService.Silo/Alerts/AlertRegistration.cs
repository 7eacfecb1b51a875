using CustomerService.Gateway.Staff;
using CustomerService.Grains.Journal;
using CustomerService.Reporting.Alerts;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Following;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.Alerts;

/// <summary>The alerts: their rules wherever they are read, and what watches the figures where grains live.</summary>
internal static class AlertRegistration
{
    public static IServiceCollection AddAlertRules(this IServiceCollection services, ContentFolder content) =>
        services.AddSingleton<IAlertRules>(p => new AlertFile(
            content.Alerts, () => RepliesCommand.QueuesBeside(content.Alerts), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<AlertFile>>()));

    /// <summary>Call it after the host is registered: what starts later stops earlier.</summary>
    public static IServiceCollection AddAlertRunner(this IServiceCollection services, ISystemRecords records)
    {
        services.AddSingleton<AlertInstruments>();
        return services.AddHostedService(p =>
        {
            var (grains, time) = (p.GetRequiredService<IGrainHosting>().Inside, p.GetRequiredService<TimeProvider>());
            IEnumerable<string> Queues() => p.GetRequiredService<PipelineHolder>().Queues;
            return new AlertRunner(
                p.GetRequiredService<IAlertRules>(),
                [
                    new QueueAlertSource(grains, Queues),
                    new ConversationAlertSource(p.GetRequiredService<IConversationList>(), Queues),
                    new CaseAlertSource(p.GetRequiredService<CaseTables>(), p.GetRequiredService<IJournal>()),
                    new SystemAlertSource(p.GetRequiredService<IClusterView>()),
                    new TopicAlertSource(p.GetRequiredService<Foresight>()),
                ],
                grains,
                records.Duty("alert rules", time, p.GetRequiredService<ILoggerFactory>()),
                p.GetRequiredService<AlertInstruments>(),
                time,
                p.GetRequiredService<ILogger<AlertRunner>>());
        });
    }
}
