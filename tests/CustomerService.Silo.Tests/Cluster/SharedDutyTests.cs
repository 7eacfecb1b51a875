using CustomerService.Silo.Cluster;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Tests.Crm;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>One process at a time tells outside systems.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class SharedDutyTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RequiresFact("postgresql")]
    public async Task SecondProcess_TakesOver_WhenTheFirstEnds()
    {
        var database = await server.CreateMigratedAsync();
        await using var one = new Candidate(database, "crm");
        await one.Working.WaitAsync(Patience);
        await using var other = new Candidate(database, "crm");
        await other.Clock.NextAsync(); // It has asked, and asks again after a while.
        Assert.False(other.Working.IsCompleted);

        await one.DisposeAsync();
        Assert.True(one.Stopped.IsCompletedSuccessfully);
        other.Clock.Advance();

        await other.Working.WaitAsync(Patience);
    }

    [RequiresFact("postgresql")]
    public async Task ProcessWhoseSessionIsGone_StopsItsWork_AndAsksAgain()
    {
        var database = await server.CreateMigratedAsync();
        await using var one = new Candidate(database, "crm");
        await one.Working.WaitAsync(Patience);
        await one.Clock.NextAsync();

        await EndSessionsAsync(database);
        one.Clock.Advance(); // It looks at its session.
        await one.Stopped.WaitAsync(Patience);

        await one.Clock.NextAsync();
        one.Clock.Advance();
        await one.WorkingAgain.WaitAsync(Patience);
    }

    [RequiresFact("postgresql")]
    public async Task DutiesOfOtherNames_AreOfNoConcern()
    {
        var database = await server.CreateMigratedAsync();
        await using var crm = new Candidate(database, "crm");
        await using var ticketing = new Candidate(database, "ticketing");

        await Task.WhenAll(crm.Working, ticketing.Working).WaitAsync(Patience);
    }

    [RequiresFact("postgresql")]
    public async Task Feed_TellsWhatAnyProcessDid_AndAnotherGoesOnWhereItEnded()
    {
        var address = new DatabaseAddress(await server.CreateMigratedAsync());
        await using var database = await SharedDatabase.OpenAsync(address, default);
        await using var elsewhere = await SharedDatabase.OpenAsync(address, default);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await WebhookReceiver.StartAsync((received, _) =>
        {
            if (received["interactionId"] == "m-3")
                last.TrySetResult();
        });
        await using var one = await FeedWorld.StartAsync(database, "one");
        await using var other = await FeedWorld.StartAsync(elsewhere, "other");
        var feed = await one.FeedAsync(FeedTarget.Crm, receiver);

        await one.LogAsync("T-1", "m-1");
        await other.LogAsync("T-2", "m-2"); // The feed hears nothing of it, and looks.
        await receiver.FirstAsync(2);
        await other.FeedAsync(FeedTarget.Crm, receiver);
        await feed.StopAsync(default);
        await one.LogAsync("T-1", "m-3");

        await last.Task.WaitAsync(Patience);
        // What was under way when the first one ended may come again, under the same key.
        Assert.Equal(["m-1", "m-2", "m-3"], receiver.All.DistinctBy(each => each.Key).Select(each => each["interactionId"]));
    }

    private static async Task EndSessionsAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A process that wants a duty.</summary>
    private sealed class Candidate : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly CancellationTokenSource _stopping = new();
        private readonly TaskCompletionSource _working = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _running;

        public Candidate(string database, string duty)
        {
            _source = NpgsqlDataSource.Create(database);
            _running = new SharedDuty(_source, duty, Clock, NullLogger<SharedDuty>.Instance).WhileHeldAsync(WorkAsync, _stopping.Token);
        }

        public WaitingClock Clock { get; } = new();

        public Task Working => _working.Task;

        public Task Stopped => _stopped.Task;

        public Task WorkingAgain => _again.Task;

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running;
            await _source.DisposeAsync();
        }

        private async Task WorkAsync(CancellationToken held)
        {
            if (!_working.TrySetResult())
                _again.TrySetResult();
            var cancelled = new TaskCompletionSource();
            await using var registration = held.Register(cancelled.SetResult);
            await cancelled.Task;
            _stopped.TrySetResult();
        }
    }
}
