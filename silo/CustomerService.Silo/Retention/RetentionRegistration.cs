using CustomerService.Gateway.Staff;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Following;
using CustomerService.Reporting.Retention;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using CustomerService.Staff;

namespace CustomerService.Silo.Retention;

/// <summary>How long conversations are kept: the rules and what they would erase wherever they are read, and what erases where grains live.</summary>
internal static class RetentionRegistration
{
    public static IServiceCollection AddRetentionRules(this IServiceCollection services, ContentFolder content)
    {
        services.AddSingleton<IRetentionRules>(p => new RetentionFile(content.Retention, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<RetentionFile>>()));
        services.AddSingleton<IParkedConversations>(p => new ParkedOfConversations(async cancellation =>
            (await p.GetRequiredService<IParkedCommands>().ListAsync(ParkedOfConversations.MostRead, cancellation)).Select(command => command.Grain)));
        services.AddSingleton(p => new DueConversations(p.GetRequiredService<IRetentionList>(), p.GetService<IGrainHosting>()?.Inside ?? p.GetRequiredService<IGrainClient>(), p.GetRequiredService<IParkedConversations>()));
        return services.AddSingleton<RetentionPreviews>();
    }

    /// <summary>Call it after the host is registered: what starts later stops earlier.</summary>
    public static IServiceCollection AddRetentionRunner(this IServiceCollection services, ISystemRecords records)
    {
        services.AddSingleton<RetentionInstruments>();
        services.AddSingleton(p => new RetentionList(
            p.GetRequiredService<IRetentionList>(), p.GetRequiredService<IConversationList>(), p.GetRequiredService<JournalFollowing>().IsCurrentAsync, p.GetRequiredService<TimeProvider>()));
        return services.AddHostedService(p =>
        {
            var (grains, time) = (p.GetRequiredService<IGrainHosting>().Inside, p.GetRequiredService<TimeProvider>());
            return new RetentionRunner(
                p.GetRequiredService<IRetentionRules>(),
                p.GetRequiredService<RetentionList>(),
                p.GetRequiredService<DueConversations>(),
                p.GetRequiredService<RetentionPreviews>(),
                new ConversationEraser(grains, p.GetRequiredService<IJournal>(), p.GetRequiredService<ILogger<ConversationEraser>>()),
                grains,
                new AuditNotes(grains),
                records.Duty("retention", time, p.GetRequiredService<ILoggerFactory>()),
                p.GetRequiredService<RetentionInstruments>(),
                time,
                p.GetRequiredService<ILogger<RetentionRunner>>());
        });
    }
}
