using CustomerService.Grains.Journal;
using CustomerService.Reporting.Conversations;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Running;

/// <summary>The list of conversations: read by every process, kept by one of those that host grains.</summary>
internal static class ConversationListing
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddConversationList(this IServiceCollection services, ISystemRecords records)
    {
        services.AddSingleton(_ => records.OpenConversationList());
        services.AddSingleton<IConversationList>(p => p.GetRequiredService<ConversationTables>());
        services.AddSingleton<IRetentionList>(p => p.GetRequiredService<ConversationTables>());
        services.AddSingleton<ConversationListFeed>();
        services.AddSingleton<IConversationListNews>(p => p.GetRequiredService<ConversationListFeed>());
        return services.AddHostedService<ConversationListWatch>();
    }

    /// <summary>Call it after the host is registered: what starts later stops earlier, and the follower needs the host to the end.</summary>
    public static IServiceCollection AddConversationListKeeping(this IServiceCollection services, ISystemRecords records) =>
        services.AddProjection("the list of conversations", records, provider =>
        {
            var keeper = new ConversationListKeeper(
                provider.GetRequiredService<IJournal>(), provider.GetRequiredService<IGrainHosting>().Inside, provider.GetRequiredService<ConversationTables>(),
                provider.GetRequiredService<ILogger<ConversationListKeeper>>());
            var feed = provider.GetRequiredService<ConversationListFeed>();
            return async cancellation =>
            {
                if (!await keeper.AdvanceAsync(cancellation))
                    return false;
                await feed.LookAsync(cancellation);
                return true;
            };
        });

    /// <summary>Tables that follow from the journal, kept by one process at a time.</summary>
    /// <param name="advanceOf">Goes on by one stretch of the journal; false: it was at its end.</param>
    public static IServiceCollection AddProjection(
        this IServiceCollection services, string what, ISystemRecords records, Func<IServiceProvider, Func<CancellationToken, Task<bool>>> advanceOf) =>
        services.AddSingleton<IHostedService>(p => new ProjectionFollower(
            what,
            advanceOf(p),
            p.GetRequiredService<IJournal>(),
            records.Duty(what, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>()),
            new Backoff(FirstWait, LongestWait, Random.Shared),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<ProjectionFollower>>()));
}
