using CustomerService.AgentConsole.Administration;
using CustomerService.Grains.Journal;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Learning;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.Owners;

/// <summary>What owners edit, for the console's pages.</summary>
internal static class OwnersRegistration
{
    public static IServiceCollection AddOwnerFiles(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(p => new FileChecks(settings, () => p.GetService<PipelineHolder>()?.Parts, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IOwnerFiles>(p => new OwnerFolder(
            settings.Content.Path, p.GetRequiredService<FileChecks>(), p.GetRequiredService<TimeProvider>(),
            // The articles are followed by a watcher of their own.
            path => path.StartsWith("knowledge/", StringComparison.Ordinal) && p.GetService<PipelineHolder>()?.Parts is not null));
        services.AddSingleton<IUnansweredQuestions>(p => new UnansweredQuestions(p.GetRequiredService<IJournal>(), () => p.GetService<PipelineHolder>()?.Parts?.Knowledge));
        services.AddSingleton<IPipelineTrial>(p => new PipelineTrial(settings, p.GetRequiredService<ILoggerFactory>(), p.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IPipelinePlans>(p => new PipelinePlans(settings, p.GetRequiredService<FileChecks>()));
    }
}
