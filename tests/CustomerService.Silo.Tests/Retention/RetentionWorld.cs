using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Retention;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Retention;
using CustomerService.Staff;
using CustomerService.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Retention;

/// <summary>Real grains, store and list, whose clock the test moves; an assistant answers each message.</summary>
internal sealed class RetentionWorld : IAsyncDisposable, IRetentionRules, IParkedConversations
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SqliteStore _store;
    private readonly InProcessHost _host;
    private readonly ConversationTables _list;
    private readonly ConversationListKeeper _keeper;
    private readonly RetentionInstruments _instruments;

    public RetentionWorld()
    {
        _store = SqliteStore.Open(_folder.Path);
        _host = new InProcessHost(GrainCatalog.All, _store, _ => [new Assistant(), new Clearing(Cleared.Writer)], time: Clock);
        _list = ConversationTables.OnFile(Path.Combine(_folder.Path, "list.db"));
        _keeper = new ConversationListKeeper(_host.Journal, _host.Inside, _list, NullLogger<ConversationListKeeper>.Instance);
        _instruments = new RetentionInstruments(_services.GetRequiredService<IMeterFactory>(), Clock);
        Due = new DueConversations(_list, _host.Inside, this);
        Previews = new RetentionPreviews(_list, Due, Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>What was logged.</summary>
    public List<string> Log { get; } = [];

    public RetentionRules Current { get; set; } = RetentionRules.Forever;

    /// <summary>Conversations of which something is parked.</summary>
    public HashSet<string> Parked { get; } = [];

    /// <summary>Whether list and figures have come up with the journal.</summary>
    public bool IsCurrent { get; set; } = true;

    /// <summary>What was to be cleared away; it comes after the turn that wanted it.</summary>
    public Channel<ClearAway> Cleared { get; } = Channel.CreateUnbounded<ClearAway>();

    public DueConversations Due { get; }

    public RetentionPreviews Previews { get; }

    public InProcessHost Host => _host;

    public Task StartAsync() => _host.StartAsync();

    public RetentionRunner Runner() => new(
        this, new RetentionList(_list, _list, _ => ValueTask.FromResult(IsCurrent), Clock), Due, Previews, new ConversationEraser(_host.Inside, _host.Journal, NullLogger<ConversationEraser>.Instance), _host.Inside, new AuditNotes(_host.Inside), new OnlyProcess(),
        _instruments, Clock, new Kept(Log));

    /// <summary>How long ago the last run ended, as the figures tell it; null: they don't.</summary>
    public TimeSpan? AgeOfLastRun()
    {
        TimeSpan? age = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, figures) =>
        {
            if (instrument.Name == "retention_last_run_age" && ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>()))
                figures.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => age = TimeSpan.FromSeconds(seconds));
        listener.Start();
        listener.RecordObservableInstruments();
        return age;
    }

    /// <summary>A customer of their own writes, and is answered.</summary>
    public async Task SaysAsync(string conversation, string channel = ChannelNames.Chat, string? address = null)
    {
        var before = (await ViewAsync(conversation)).LastSequence;
        await DoAsync(Grain.Conversation(conversation), new ReceiveMessage(new Interaction($"{conversation}-{before}", channel, address ?? $"{conversation}-address", $"Where is my order? {Marker(conversation)}", Clock.GetUtcNow())));
        while ((await ViewAsync(conversation)).LastSequence < before + 2)
            await Task.Yield();
        await ListAsync();
    }

    public static string Marker(string conversation) => $"marker-of-{conversation}";

    /// <summary>One look of whoever erases; the list follows meanwhile, as it does where the system runs.</summary>
    public async Task LookAsync(RetentionRunner? runner = null)
    {
        var look = (runner ?? Runner()).LookAsync(default);
        while (!look.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await ListAsync();
            await Task.Yield();
        }

        await look;
    }

    public async Task<RetentionView> RetentionAsync() => (RetentionView)await AskAsync(Grain.Retention, new GetRetention());

    public async Task<ConversationView> ViewAsync(string conversation) => (ConversationView)await AskAsync(Grain.Conversation(conversation), new GetConversation());

    public async Task<bool> IsListedAsync(string conversation) => !(await _list.GetAsync([conversation])).IsEmpty;

    public ValueTask<Reply> AskAsync(GrainId grain, Command command) => _host.Inside.AskAsync(grain, command);

    public async Task DoAsync(GrainId grain, Command command)
    {
        var reply = await AskAsync(grain, command);
        Assert.False(reply is Refused, reply.ToString());
    }

    public ValueTask<IReadOnlySet<string>> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlySet<string>>(Parked);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ListAsync()
    {
        while (await _keeper.AdvanceAsync(default))
        {
            // Up to the journal's end.
        }
    }

    private sealed class Assistant : IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var run = (RunPipeline)work;
            return ValueTask.FromResult<Command?>(new CompleteRun(run.MessageId, new RunOutcome
            {
                Answer = new OutgoingMessage("It arrives tomorrow.", [], []),
                Signals = MessageSignals.Unknown,
                ResolutionType = ResolutionTypes.Automated,
                Log = new InteractionLog($"ticket-of-{run.ConversationId}", "An order", "solved", "", ImmutableDictionary<string, string>.Empty),
                Trace = "{}",
            }));
        }
    }

    private sealed class Kept(List<string> log) : ILogger<RetentionRunner>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => log.Add(formatter(state, exception) + exception);
    }

    private sealed class Clearing(ChannelWriter<ClearAway> cleared) : IWorkPerformer
    {
        public Type Handles => typeof(ClearAway);

        public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            Assert.True(cleared.TryWrite((ClearAway)work));
            return ValueTask.FromResult<Command?>(null);
        }
    }
}
