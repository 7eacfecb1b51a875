using System.Collections.Concurrent;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Running;
using CustomerService.Silo.Tests.Crm;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>The list of conversations where several processes share a database.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class SharedConversationListTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RequiresFact("postgresql")]
    public async Task List_HasWhatAnyProcessDid_AndAnotherProcessKeepsIt_WhenTheFirstEnds()
    {
        var address = new DatabaseAddress(await server.CreateMigratedAsync());
        await using var database = await SharedDatabase.OpenAsync(address, default);
        await using var elsewhere = await SharedDatabase.OpenAsync(address, default);
        await using var one = await FeedWorld.StartAsync(database, "one");
        await using var other = await FeedWorld.StartAsync(elsewhere, "other");
        await new ConversationListKeeper(one.Journal, one.Grains, database.OpenConversationList(), NullLogger<ConversationListKeeper>.Instance).AdvanceAsync(default); // makes the empty tables ours
        using var reader = new Reader(elsewhere.OpenConversationList());
        await reader.StartAsync();
        using var first = await FollowAsync(one, database);

        await WriteAsync(one, "c-1");
        await reader.HeardAsync("c-1").WaitAsync(Patience);
        using var second = await FollowAsync(other, elsewhere);
        await WriteAsync(other, "c-2"); // The follower hears nothing of it, and looks.
        await reader.HeardAsync("c-2").WaitAsync(Patience);
        await first.StopAsync(default);
        await WriteAsync(one, "c-3");
        await reader.HeardAsync("c-3").WaitAsync(Patience);
        await second.StopAsync(default);
        await reader.StopAsync();

        var rows = await reader.List.GetAsync(["c-1", "c-2", "c-3"]);
        Assert.Equal(["c-1", "c-2", "c-3"], rows.Select(row => row.Id).Order());
        Assert.Equal(3, await reader.List.CountAsync(new ConversationFilter { Text = "parcel" }));
    }

    private static async Task<ProjectionFollower> FollowAsync(FeedWorld world, SharedDatabase database)
    {
        var keeper = new ConversationListKeeper(world.Journal, world.Grains, database.OpenConversationList(), NullLogger<ConversationListKeeper>.Instance);
        var follower = new ProjectionFollower(
            "the list of conversations", keeper.AdvanceAsync, world.Journal,
            database.Duty("the list of conversations", TimeProvider.System, NullLoggerFactory.Instance), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), new Random(7)),
            TimeProvider.System, NullLogger<ProjectionFollower>.Instance);
        await follower.StartAsync(default);
        return follower;
    }

    private static async Task WriteAsync(FeedWorld world, string id) => Assert.IsType<MessageAccepted>(await world.AskAsync(
        Grain.Conversation(id), new ReceiveMessage(new Interaction("m-1", ChannelNames.Chat, id, "Where is my parcel?", DateTimeOffset.UnixEpoch))));

    /// <summary>Somebody in a process that keeps nothing.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _heard = new();
        private readonly ConversationListFeed _feed;
        private readonly ConversationListWatch _watch;
        private readonly IDisposable _subscription;

        public Reader(ConversationTables list)
        {
            List = list;
            _feed = new ConversationListFeed(list);
            _watch = new ConversationListWatch(_feed, TimeProvider.System, NullLogger<ConversationListWatch>.Instance);
            _subscription = _feed.Subscribe(news =>
            {
                foreach (var change in news.Changes)
                    Of(change.Id).TrySetResult();
            });
        }

        public ConversationTables List { get; }

        /// <summary>Before it listens it has heard that everything is new, once.</summary>
        public async Task StartAsync()
        {
            await _feed.LookAsync(default);
            await _watch.StartAsync(default);
        }

        public Task StopAsync() => _watch.StopAsync(default);

        public Task HeardAsync(string id) => Of(id).Task;

        public void Dispose()
        {
            _subscription.Dispose();
            _watch.Dispose();
            _feed.Dispose();
        }

        private TaskCompletionSource Of(string id) => _heard.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
