using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Tests.Scenarios;

/// <summary>
/// Any host with the product's own grains on a real store, and a scripted assistant. Scenarios share it, so each uses keys of its own. It runs in real
/// time: what a scenario waits for, it waits for until it happens.
/// </summary>
public abstract class ScenarioHost : IAsyncLifetime
{
    private TaskCompletionSource happened = New();

    /// <summary>How grains are asked by whoever uses the system.</summary>
    public abstract IGrainClient Grains { get; }

    /// <summary>The journal as a reader outside the grains has it.</summary>
    public abstract IJournal Journal { get; }

    /// <summary>What all of it is kept in.</summary>
    public abstract IGrainStore Store { get; }

    public ScriptedAssistant Assistant { get; } = new();

    public ScriptedInterpreter Interpreter { get; } = new();

    public ScriptedClearing Clearing { get; } = new();

    /// <summary>What comes between the grains and their store.</summary>
    public CommitFaults Commits { get; } = new();

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    /// <summary>Whatever the grain lives in ends as a killed process does, and another takes its place.</summary>
    public abstract Task KillAroundAsync(GrainId grain);

    /// <summary>Whatever the grain lives in is stopped in good order, and another takes its place.</summary>
    public abstract Task StopAroundAsync(GrainId grain);

    /// <summary>The grain leaves memory; the next command finds it in the store.</summary>
    public abstract Task ForgetAsync(GrainId grain);

    /// <summary>Tries parked work or a parked command again, as an operator does.</summary>
    public abstract Task<ParkedRetry> RetryParkedAsync(string id);

    /// <summary>Every row of every table of the store, in words.</summary>
    public abstract Task<IReadOnlyList<string>> RowsAsync();

    /// <summary>
    /// Ends when the condition holds; looks again whenever anything happened to any grain, and now and then besides: news of a killed host may be lost.
    /// </summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var next = Volatile.Read(ref happened).Task;
            if (await holds())
                return;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"It never came about that {what}. {await StateAsync()}");
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System));
        }
    }

    /// <summary>What a scenario that waits in vain is told for its search: what is still to be carried out, and by whom.</summary>
    protected abstract Task<string> StateAsync();

    /// <summary>Called for each event that the host tells of.</summary>
    protected void Happened(JournalEntry entry) => Interlocked.Exchange(ref happened, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
