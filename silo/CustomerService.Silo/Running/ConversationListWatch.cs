using CustomerService.Reporting.Conversations;
using CustomerService.Runtime;

namespace CustomerService.Silo.Running;

/// <summary>Looks for what other processes changed in the list of conversations, for those who listen here.</summary>
internal sealed class ConversationListWatch(ConversationListFeed feed, TimeProvider time, ILogger<ConversationListWatch> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds("Looking for news of the conversations' list", time, logger).EachAsync(ConversationListFeed.Pace, feed.LookAsync, stoppingToken);
}
