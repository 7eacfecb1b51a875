using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>All real grains in memory, with a scripted pipeline. It outlives the gateways in front of it, as a database would.</summary>
internal sealed class GrainWorld : IGrainClient, IJournal, IParkedCommands, IClusterView, IAnswerFeedback
{
    /// <summary>What holds people's messages back; null: nothing.</summary>
    public Staff.IDraftReview? Drafts { get; init; }

    /// <summary>The owner's <c>channels.yaml</c>.</summary>
    public string Channels
    {
        init => File.WriteAllText(ChannelsFile, value);
    }

    /// <summary>Where this world's files lie.</summary>
    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root.Value, Guid.NewGuid().ToString("n"))).FullName;

    public string ChannelsFile => Path.Combine(Folder, "channels.yaml");

    /// <summary>The folder of all worlds of this process, gone with it: a world outlives its gateways, so that none of them may remove its own.</summary>
    private static readonly Lazy<string> Root = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("gateway-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    });

    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, object> _states = [];
    private readonly Dictionary<GrainId, List<JournalEntry>> _journals = [];
    private readonly List<JournalEntry> _all = [];
    private readonly ConcurrentDictionary<int, (GrainId? Grain, Action<JournalEntry> OnEntry)> _subscribers = new();
    private int _lastSubscriber;

    /// <summary>What the pipeline answers.</summary>
    public Func<RunContext, Task<RunOutcome>> Script { get; set; } = context => Task.FromResult(Outcomes.Answer($"You said: {context.Message.Content}"));

    /// <summary>Thrown instead of handling a command, where it returns something.</summary>
    public Func<GrainId, Command, Exception?> Fault { get; set; } = (_, _) => null;

    public List<ParkedCommand> Parked { get; } = [];

    /// <summary>What was said about answers.</summary>
    public List<(string Conversation, string Sources, bool Helped)> Feedback { get; } = [];

    public ValueTask RecordAsync(string conversationId, ImmutableArray<string> sources, bool helped, CancellationToken cancellation)
    {
        Feedback.Add((conversationId, string.Join(' ', sources), helped));
        return default;
    }

    public int Subscribers => _subscribers.Count;

    public int JournalReads { get; private set; }

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Fault(grain, command) is { } fault ? ValueTask.FromException<Reply>(fault) : ValueTask.FromResult(Handle(grain, command));
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            JournalReads++;
            return ValueTask.FromResult<IReadOnlyList<JournalEntry>>(
                _journals.TryGetValue(grain, out var journal) ? [.. journal.Skip((int)Math.Min(afterSequence, int.MaxValue)).Take(limit)] : []);
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<JournalEntry>>([.. _all.Skip((int)afterPosition).Take(limit)]);
    }

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry)
    {
        var number = Interlocked.Increment(ref _lastSubscriber);
        _subscribers[number] = (grain, onEntry);
        return new Subscription(() => _subscribers.TryRemove(number, out _));
    }

    public ValueTask<IReadOnlyList<ParkedCommand>> ListAsync(int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<ParkedCommand>>([.. Parked.Take(limit)]);

    public ValueTask<bool> RetryAsync(string id, CancellationToken cancellation) => DropAsync(id, cancellation);

    public ValueTask<bool> DropAsync(string id, CancellationToken cancellation) => ValueTask.FromResult(Parked.RemoveAll(parked => parked.Id == id) > 0);

    public ValueTask<ClusterStatus> LookAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var kinds = _states.Keys.CountBy(grain => grain.Kind).ToImmutableSortedDictionary(StringComparer.Ordinal);
            var silo = new SiloStatus("world", "memory", "active", DateTimeOffset.UnixEpoch, kinds, 0, 0, 0, 0, 0, 0, 0);
            return ValueTask.FromResult(new ClusterStatus(TimeProvider.System.GetUtcNow(), "in-process", [silo], Parked.Count, 0, 0, 0));
        }
    }

    private Reply Handle(GrainId grain, Command command)
    {
        var told = new Queue<(GrainId To, Command Command)>();
        lock (_lock)
        {
            var reply = Turn(grain, command, told);
            while (told.TryDequeue(out var tell))
                Turn(tell.To, tell.Command, told);
            return reply;
        }
    }

    private Reply Turn(GrainId grain, Command command, Queue<(GrainId To, Command Command)> told)
    {
        var kind = GrainCatalog.Find(grain.Kind);
        var turn = kind.Handle(_states.TryGetValue(grain, out var state) ? state : kind.Initial(grain.Key), command, TimeProvider.System.GetUtcNow());
        _states[grain] = turn.State;
        foreach (var effect in turn.Effects)
        {
            switch (effect)
            {
                case Grains.Turns.Record record:
                    Append(grain, record.Event);
                    break;
                case Tell tell:
                    told.Enqueue((tell.To, tell.Command with { Id = $"e-{_all.Count}-{told.Count}" }));
                    break;
                case Perform { Work: RunPipeline run }:
                    _ = Task.Run(() => RunAsync(grain, run));
                    break;
            }
        }

        return turn.Reply;
    }

    private void Append(GrainId grain, JournalEvent happened)
    {
        if (!_journals.TryGetValue(grain, out var journal))
            _journals.Add(grain, journal = []);
        var entry = new JournalEntry(_all.Count + 1, grain, journal.Count + 1, TimeProvider.System.GetUtcNow(), happened);
        journal.Add(entry);
        _all.Add(entry);
        foreach (var (_, (wanted, onEntry)) in _subscribers)
        {
            if (wanted is null || wanted == grain)
                onEntry(entry);
        }
    }

    private async Task RunAsync(GrainId grain, RunPipeline run)
    {
        if (Handle(grain, new GetRunContext(run.MessageId)) is not RunContext context)
            return;
        try
        {
            Handle(grain, new CompleteRun(run.MessageId, await Script(context)));
        }
        catch (Exception fault)
        {
            Handle(grain, new WorkFailed(run, fault.Message));
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>What a pipeline's run may come to.</summary>
internal static class Outcomes
{
    private static readonly MessageSignals Signals = new("en", "order_status", 0.9, 0.1, [], "normal");

    public static RunOutcome Answer(string text, params ImmutableArray<string> actions) => new()
    {
        Answer = new OutgoingMessage(text, actions, ["returns-policy"]),
        Signals = Signals,
        ResolutionType = ResolutionTypes.Automated,
        Log = new InteractionLog("t-1", "order_status", "open", "", ImmutableDictionary<string, string>.Empty),
        Trace = """{"tasks":[{"id":"receive_interaction","output":{"ok":true}}]}""",
    };

    public static RunOutcome Handoff(string queue = "general", int priority = 0) => new()
    {
        Answer = new OutgoingMessage("A person will help you.", [], []),
        Handoff = new HandoffPackage(queue, priority, "the customer asked for one", "INTERNAL SUMMARY", [], []),
        Signals = Signals,
        ResolutionType = ResolutionTypes.Human,
    };
}
