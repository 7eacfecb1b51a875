using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Gateway.Waiting;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests.Waiting;

public sealed class WaitingCustomersTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedLine _line = new();

    [Fact]
    public async Task One_question_serves_all_who_wait_and_everything_that_happened_meanwhile()
    {
        var waiting = Waiting(refresh: TimeSpan.FromDays(1));
        var places = new ConcurrentDictionary<string, int>();
        using var a = waiting.Watch("general", "c-1", place => places["c-1"] = place.Position);
        Assert.Equal("c-1", Assert.Single(await _line.Questions.ReadAsync()));

        using var b = waiting.Watch("general", "c-2", place => places["c-2"] = place.Position);
        using var c = waiting.Watch("general", "c-3", place => places["c-3"] = place.Position);
        for (var number = 0; number < 50; number++)
            _line.Happens(new ConversationEnqueued($"c-more-{number}", 0));
        Assert.Equal(["c-1", "c-2", "c-3"], (await NextQuestionAsync()).Order());

        // One more question than that is asked for a reason only: here somebody else begins to wait.
        using var d = waiting.Watch("general", "c-4", _ => { });
        Assert.Contains("c-4", await NextQuestionAsync());
        Assert.Equal(3, _line.Asked);
        Assert.Equal(new Dictionary<string, int> { ["c-1"] = 1, ["c-2"] = 2, ["c-3"] = 3 }, places.ToDictionary());
    }

    [Fact]
    public async Task Nobody_is_left_nothing_is_asked_any_more()
    {
        var waiting = Waiting(refresh: TimeSpan.FromSeconds(10));
        var a = waiting.Watch("general", "c-1", _ => { });
        var b = waiting.Watch("general", "c-2", _ => { });
        await _line.Questions.ReadAsync();
        Assert.Equal(1, _line.Subscribers);

        a.Dispose();
        a.Dispose();
        Assert.Equal(1, _line.Subscribers);
        b.Dispose();

        Assert.Equal(0, _line.Subscribers);
    }

    [Fact]
    public async Task Time_alone_asks_again_and_a_queue_that_could_not_be_asked_is_asked_later()
    {
        _line.Fault = new HostBusyException("full", TimeSpan.FromSeconds(1));
        var told = new TaskCompletionSource<int>();
        using var a = Waiting(refresh: TimeSpan.FromSeconds(10)).Watch("general", "c-1", place => told.TrySetResult(place.Position));
        await _line.Questions.ReadAsync();

        _line.Fault = null;
        await NextQuestionAsync();

        Assert.Equal(1, await told.Task);
    }

    private WaitingCustomers Waiting(TimeSpan refresh) =>
        new(_line, _line, RunningGateway.Options with { QueuePlaceRefresh = refresh }, _time, NullLogger<WaitingCustomers>.Instance);

    /// <summary>Lets time pass until the queue is asked.</summary>
    private async Task<ImmutableArray<string>> NextQuestionAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        ImmutableArray<string> question;
        while (!_line.Questions.TryRead(out question))
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return question;
    }

    /// <summary>A queue in whose line everybody stands in the order of their names.</summary>
    private sealed class ScriptedLine : IGrainClient, IJournal
    {
        private readonly Channel<ImmutableArray<string>> _questions = Channel.CreateUnbounded<ImmutableArray<string>>();
        private readonly ConcurrentDictionary<Action<JournalEntry>, bool> _subscribers = new();
        private int _asked;

        public ChannelReader<ImmutableArray<string>> Questions => _questions.Reader;

        public Exception? Fault { get; set; }

        public int Asked => _asked;

        public int Subscribers => _subscribers.Count;

        public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
        {
            var asked = Assert.IsType<GetPositions>(command).ConversationIds;
            Interlocked.Increment(ref _asked);
            _questions.Writer.TryWrite(asked);
            if (Fault is { } fault)
                return ValueTask.FromException<Reply>(fault);
            var places = asked.Order().Select((id, index) => KeyValuePair.Create(id, new QueuePosition(index + 1, asked.Length, null)));
            return ValueTask.FromResult<Reply>(new QueuePositions(places.ToImmutableDictionary()));
        }

        public void Happens(JournalEvent happened)
        {
            foreach (var (onEntry, _) in _subscribers)
                onEntry(new JournalEntry(1, Grain.Queue("general"), 1, DateTimeOffset.UnixEpoch, happened));
        }

        public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry)
        {
            Assert.Equal(Grain.Queue("general"), grain);
            _subscribers[onEntry] = true;
            return new Subscription(() => _subscribers.TryRemove(onEntry, out _));
        }

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        private sealed class Subscription(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }
}
