using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Runtime.Turns;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.Probes;

/// <summary>A real host of probes on a real SQLite file in a directory of its own, which can be killed and started again.</summary>
internal sealed class ProbeSystem : IAsyncDisposable
{
    public ProbeSystem()
    {
        Folder = Directory.CreateTempSubdirectory("runtime-test-").FullName;
    }

    public string Folder { get; }

    public ManualTimeProvider? Clock { get; init; }

    public InProcessOptions Options { get; init; } = new();

    public IWorkPerformer? Performer { get; set; }

    public StepReached? Reached { get; set; }

    public SqliteStore Store { get; private set; } = null!;

    public InProcessHost Host { get; private set; } = null!;

    /// <summary>What the host runs on; a test may put something between it and the real store.</summary>
    public Func<IGrainStore, IGrainStore> Between { get; init; } = store => store;

    public async Task<ProbeSystem> StartAsync()
    {
        Store = SqliteStore.Open(Folder);
        Host = new InProcessHost(
            ProbeFormat.Kinds, Between(Store), _ => Performer is null ? [] : [Performer], Options, ProbeFormat.Format,
            Clock ?? TimeProvider.System, null, new Random(1), (step, grain) => Reached?.Invoke(step, grain));
        await Host.StartAsync();
        return this;
    }

    public ValueTask<Reply> AskAsync(string key, Command command) => Host.Inside.AskAsync(ProbeFormat.Probe(key), command);

    public async Task<string[]> NotesAsync(string key) => [.. ((Notes)await AskAsync(key, new GetNotes())).Texts];

    /// <summary>Waits until a probe's notes are as expected, looking again whenever any probe noted something.</summary>
    public async Task<string[]> WhenNotesAsync(string key, Func<string[], bool> expected)
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = Host.Journal.Subscribe(null, _ => changed.Release());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var notes = await NotesAsync(key);
            if (expected(notes))
                return notes;
            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"probe/{key} never got the expected notes; it has: {string.Join(", ", await NotesAsync(key))}");
            }
        }
    }

    /// <summary>Waits until every effect and every alarm is carried out and durably ticked off.</summary>
    public async Task WhenNothingIsLeftAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await Store.FlushAsync();
            var effects = await Store.ReadEffectsAsync(null, 10);
            var alarms = await Store.ReadAlarmsAsync(DateTimeOffset.MaxValue, null, 10);
            if (effects.Count + alarms.Count == 0)
                return;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Never ticked off: {string.Join(", ", effects.Select(effect => effect.Id))} {string.Join(", ", alarms)}");
            await Task.Yield();
        }
    }

    /// <summary>Ends as a killed process does: nothing is drained and nothing more is written.</summary>
    public async Task KillAsync()
    {
        Store.Abandon();
        Host.Dispose();
        await Store.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        // A test may have failed before there was a host.
        if (Host is not null)
            await Host.StopAsync();
        Host?.Dispose();
        await Store.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
