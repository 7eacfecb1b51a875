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
        services.AddSingleton<ConversationListFeed>();
        services.AddSingleton<IConversationListNews>(p => p.GetRequiredService<ConversationListFeed>());
        return services.AddHostedService<ConversationListWatch>();
    }

    /// <summary>Call it after the host is registered: what starts later stops earlier, and the follower needs the host to the end.</summary>
    public static IServiceCollection AddConversationListKeeping(this IServiceCollection services, ISystemRecords records) =>
        services.AddHostedService(p => new ConversationListFollower(
            new ConversationListKeeper(
                p.GetRequiredService<IJournal>(), p.GetRequiredService<IGrainHosting>().Inside, p.GetRequiredService<ConversationTables>(),
                p.GetRequiredService<ILogger<ConversationListKeeper>>()),
            p.GetRequiredService<ConversationListFeed>(),
            p.GetRequiredService<IJournal>(),
            records.Duty("the list of conversations", p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>()),
            new Backoff(FirstWait, LongestWait, Random.Shared),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<ConversationListFollower>>()));
}
