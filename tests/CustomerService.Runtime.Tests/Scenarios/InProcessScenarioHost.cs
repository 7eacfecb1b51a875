using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Tests.Scenarios;
using Microsoft.Data.Sqlite;

namespace CustomerService.Runtime.Tests.Scenarios;

/// <summary>Everything in this process, on a real SQLite file; a kill takes all of it, and it is started again.</summary>
public sealed class InProcessScenarioHost : ScenarioHost
{
    private readonly string folder = Directory.CreateTempSubdirectory("runtime-scenarios-").FullName;
    private readonly Client client = new();
    private IDisposable? news;
    private SqliteStore store = null!;
    private InProcessHost host = null!;

    public override IGrainClient Grains => client;

    public override IJournal Journal => host.Journal;

    public override IGrainStore Store => store;

    public override async Task InitializeAsync()
    {
        store = SqliteStore.Open(folder);
        host = new InProcessHost(GrainCatalog.All, Commits.Before<IGrainStore>(store), inside => [Assistant.WorkingFor(inside), Clearing.WorkingFor(inside), .. Interpreter.Performers], random: new Random(1));
        news = host.Journal.Subscribe(null, Happened);
        await host.StartAsync();
        client.Use(host);
    }

    public override async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    public override async Task KillAroundAsync(GrainId grain)
    {
        client.Use(null);
        store.Abandon();
        news!.Dispose();
        host.Dispose();
        await store.DisposeAsync();
        await InitializeAsync();
    }

    public override async Task StopAroundAsync(GrainId grain)
    {
        await StopAsync();
        await InitializeAsync();
    }

    public override Task ForgetAsync(GrainId grain) =>
        UntilAsync($"{grain} has left memory", () => Task.FromResult(host.Collect(_ => true) == 0 && host.Activations == 0));

    public override Task<ParkedRetry> RetryParkedAsync(string id) => host.Parked.RetryAsync(id).AsTask();

    public override async Task<IReadOnlyList<string>> RowsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, SqliteStore.FileName)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var rows = new List<string>();
        foreach (var table in await ReadAsync("SELECT name FROM sqlite_schema WHERE type = 'table'"))
            rows.AddRange((await ReadAsync($"SELECT * FROM {table}")).Select(row => $"{table}: {row}"));
        return rows;

        async Task<List<string>> ReadAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            var read = new List<string>();
            var values = new object[reader.FieldCount];
            while (await reader.ReadAsync())
            {
                reader.GetValues(values);
                read.Add(string.Join(" | ", values));
            }

            return read;
        }
    }

    protected override async Task<string> StateAsync() =>
        $"Effects: {string.Join(", ", (await store.ReadEffectsAsync(null, 20)).Select(effect => effect.Id))}. Alarms: {string.Join(", ", await store.ReadAlarmsAsync(DateTimeOffset.MaxValue, null, 20))}.";

    private async Task StopAsync()
    {
        await host.StopAsync();
        client.Use(null);
        news!.Dispose();
        host.Dispose();
        await store.DisposeAsync();
    }

    /// <summary>Asks the host that runs now. Whoever waits for one that was killed hears that the outcome is not known.</summary>
    private sealed class Client : IGrainClient
    {
        private Running? running;

        public void Use(InProcessHost? host) =>
            Interlocked.Exchange(ref running, host is null ? null : new Running(host))?.Ended.TrySetException(new StoreUnavailableException("The host was killed."));

        public async ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
        {
            var asked = Volatile.Read(ref running) ?? throw new StoreUnavailableException("The host is not running.");
            var answer = asked.Host.Door.AskAsync(grain, command, cancellation).AsTask();
            return await await Task.WhenAny(answer, asked.Ended.Task);
        }

        private sealed record Running(InProcessHost Host)
        {
            public TaskCompletionSource<Reply> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
