using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Running;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Cycle;

/// <param name="Window">Conversations under way at once.</param>
internal sealed record CycleShape(int Cycles, int Queues, int Agents, int Window);

/// <param name="Commits">Of grains; a transaction holds those of many.</param>
internal sealed record CycleResult(
    int Cycles, TimeSpan Elapsed, long Commits, long Transactions, WriteVolume Written, Samples ToAssigned, Samples Whole, ImmutableArray<string> Faults)
{
    public double CyclesPerSecond => Cycles / Elapsed.TotalSeconds;
}

/// <summary>
/// People at work, without a pipeline and without sockets: each conversation is put into a queue, offered, accepted, resolved and
/// wrapped up, every step durable before the next. Agents react at once.
/// </summary>
internal sealed class CycleRun(CycleShape shape) : IWorkPerformer
{
    private readonly ConcurrentDictionary<string, Cycle> _cycles = new();
    private readonly ConcurrentBag<string> _faults = [];
    private IGrainClient? _door;

    public Type Handles => typeof(RunPipeline);

    /// <summary>The assistant's answer to the message that begins a conversation; not measured.</summary>
    public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation) => new(new CompleteRun(
        ((RunPipeline)work).MessageId,
        new RunOutcome { Answer = new OutgoingMessage("One moment, please.", [], []), Signals = MessageSignals.Unknown, ResolutionType = ResolutionTypes.Automated }));

    public async Task<CycleResult> RunAsync()
    {
        using var folder = new TemporaryFolder();
        var sqlite = SqliteStore.Open(DataFolder.Create(folder.Path).Path);
        await using var store = new WatchedStore(sqlite);
        long commits = 0;
        store.Committed = (_, _) => Interlocked.Increment(ref commits);
        var kinds = GrainCatalog.All.Select(kind => kind.Name == GrainKinds.Agent ? new WatchedDesk(kind, Accept) : kind);
        using var host = new InProcessHost(kinds, store, _ => [this], new InProcessOptions());
        _door = host.Door;
        await host.StartAsync();
        await OpenAsync(store);

        var (before, transactions, written) = (Interlocked.Read(ref commits), sqlite.Transactions, store.Written);
        var clock = Stopwatch.StartNew();
        using (host.Journal.Subscribe(null, Follow))
        {
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, shape.Window).Select(_ => Task.Run(async () =>
            {
                for (int n; (n = Interlocked.Increment(ref next)) < shape.Cycles;)
                    await PlayAsync(n);
            })));
        }

        await store.WhenSettledAsync();
        await host.StopAsync();
        var elapsed = clock.Elapsed;
        await CheckAsync(host.Journal);
        return new CycleResult(
            shape.Cycles, elapsed, commits - before, sqlite.Transactions - transactions, store.Written.Less(written),
            new Samples(_cycles.Values.Select(cycle => cycle.Assigned.TotalMilliseconds)),
            new Samples(_cycles.Values.Select(cycle => cycle.Ended.TotalMilliseconds)), [.. _faults.Distinct().Take(5)]);
    }

    private static string Conversation(int n) => string.Create(CultureInfo.InvariantCulture, $"c-{n:000000}");

    private static string Queue(int n) => string.Create(CultureInfo.InvariantCulture, $"queue-{n}");

    /// <summary>The centre as it stands before the first customer asks for a person.</summary>
    private async Task OpenAsync(WatchedStore store)
    {
        var policy = QueuePolicy.Default with
        {
            WrapUp = new WrapUpPolicy(Seconds: 600, Codes: ["solved"], CodeRequired: true),
            Terms = new QueueTerms { Version = "1", Targets = Targets, WarnAt = 0.8, WrapUp = true },
        };
        for (var n = 0; n < shape.Queues; n++)
            await AskAsync(Grain.Queue(Queue(n)), new ConfigureQueue(policy));
        for (var n = 0; n < shape.Agents; n++)
        {
            var agent = Grain.Agent(string.Create(CultureInfo.InvariantCulture, $"agent-{n}"));
            await AskAsync(agent, new ConfigureAgent(agent.Key, [Queue(n % shape.Queues)], [], 3));
            await AskAsync(agent, new SetPresence(Presences.Available));
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, shape.Cycles), async (n, _) => await AskAsync(
            Grain.Conversation(Conversation(n)),
            new ReceiveMessage(new Interaction($"m-{n}", ChannelNames.Chat, $"visitor-{n}", "I would like to speak to somebody.", DateTimeOffset.UnixEpoch))));
        await store.WhenSettledAsync();
    }

    private static ImmutableDictionary<string, ServiceTargets> Targets { get; } =
        ImmutableDictionary<string, ServiceTargets>.Empty.Add("*", ServiceTargets.Default);

    private async Task PlayAsync(int n)
    {
        var cycle = _cycles[Conversation(n)] = new Cycle(Stopwatch.GetTimestamp());
        await AskAsync(Grain.Conversation(Conversation(n)), new Transfer(Queue(n % shape.Queues), 3, "asks for a person", "bench"));
        await cycle.Done.Task;
    }

    private void Accept(AgentOffer offer, string agent) => Ask(Grain.Agent(agent), new AcceptOffer(offer.OfferId));

    private void Follow(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case AgentAssigned assigned:
                _cycles[entry.Grain.Key].Assigned = Stopwatch.GetElapsedTime(_cycles[entry.Grain.Key].Started);
                Ask(entry.Grain, new Resolve(assigned.AgentId));
                break;
            case WrapUpStarted started:
                Ask(entry.Grain, new CompleteWrapUp(started.ConversationId, "solved", null));
                break;
            case WrappedUp:
                _cycles[entry.Grain.Key].Ended = Stopwatch.GetElapsedTime(_cycles[entry.Grain.Key].Started);
                _cycles[entry.Grain.Key].Done.TrySetResult();
                break;
        }
    }

    /// <summary>From within a grain's turn or its journal, where nothing may wait; what fails ends the run.</summary>
    private void Ask(GrainId grain, Command command) => _ = Task.Run(async () =>
    {
        try
        {
            await AskAsync(grain, command);
        }
        catch (Exception fault)
        {
            foreach (var cycle in _cycles.Values)
                cycle.Done.TrySetException(fault);
        }
    });

    private async Task AskAsync(GrainId grain, Command command)
    {
        var reply = await _door!.AskAsync(grain, command);
        if (reply is Refused refused)
            throw new CommandFailedException($"{grain} refused {command.GetType().Name}: {refused.Message}", SiloCommandLine.Failed);
    }

    /// <summary>A run counts only if each conversation was assigned once, resolved once and wrapped up once.</summary>
    private async Task CheckAsync(IJournal journal)
    {
        foreach (var conversation in _cycles.Keys)
        {
            var events = await journal.ReadAsync(Grain.Conversation(conversation), 0, 1_000);
            foreach (var (name, times) in new (string, int)[]
            {
                ("assigned", events.Count(entry => entry.Event is AgentAssigned)),
                ("resolved", events.Count(entry => entry.Event is ConversationResolved)),
                ("wrapped up", events.Count(entry => entry.Event is WrappedUp)),
            })
            {
                if (times != 1)
                    _faults.Add($"{conversation} was {name} {times} times");
            }
        }
    }

    private sealed class Cycle(long started)
    {
        public long Started => started;

        public TimeSpan Assigned { get; set; }

        public TimeSpan Ended { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
