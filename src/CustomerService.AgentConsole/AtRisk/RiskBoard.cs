using System.Collections.Immutable;
using CustomerService.AgentConsole.Live;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.AtRisk;

/// <summary>The conversations at risk now, found once for everybody who looks: again soon after something changed, and now and then because time passes.</summary>
internal sealed partial class RiskBoard : IAsyncDisposable
{
    private const int Listed = 100;
    private const int Candidates = 200;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeastEach = TimeSpan.FromSeconds(5);
    private static readonly ImmutableArray<ConversationStatus> WithPeople =
        [ConversationStatus.Queued, ConversationStatus.Offered, ConversationStatus.Assigned, ConversationStatus.OnHold];

    private readonly IConversationList _list;
    private readonly FloorFollower _floor;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WatchedReading _reading;
    private readonly IDisposable _news;

    public RiskBoard(IConversationList list, IConversationListNews news, FloorFollower floor, TimeProvider time, ILogger<RiskBoard> logger)
    {
        (_list, _floor, _time, _logger) = (list, floor, time, logger);
        _reading = new WatchedReading(Between, AtLeastEach, time, logger, ReadAsync);
        _news = news.Subscribe(_ => _reading.AskIfWatched());
    }

    /// <summary>The most urgent first, at most a hundred.</summary>
    public ImmutableArray<ConversationAtRisk> Risks { get; private set; } = [];

    /// <summary>By queue, how many answers are late now.</summary>
    public ImmutableDictionary<string, int> Overdue { get; private set; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Whether there was a reading.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Calls back after each reading, until disposed. Nothing is read while nobody watches.</summary>
    public IDisposable Watch(Action changed) => _reading.Watch(changed);

    public void Refresh() => _reading.Ask();

    public async ValueTask DisposeAsync()
    {
        _news.Dispose();
        await _reading.DisposeAsync();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var now = _time.GetUtcNow();
            var filter = new ConversationFilter { Statuses = WithPeople };
            var due = await _list.FindRangeAsync(filter with { DueBefore = now + RiskRanking.Soon }, ConversationOrder.DueSoonest, 0, IConversationList.MaxRows, cancellation);
            var waiting = await _list.FindRangeAsync(filter, ConversationOrder.LongestWaiting, 0, Candidates, cancellation);
            var unanswered = await _list.FindRangeAsync(filter, ConversationOrder.LongestUnanswered, 0, Candidates, cancellation);
            var uneasy = _floor.Pulses.Uneasy(Candidates) is { IsEmpty: false } ids ? await _list.GetAsync(ids, cancellation) : [];
            Risks = RiskRanking.Of(due.Concat(waiting).Concat(unanswered).Concat(uneasy).DistinctBy(row => row.Id), id => _floor.Pulses[id], now, Listed);
            Overdue = due.Where(row => row.Queue is not null && (row.FirstResponseDue <= now || row.NextResponseDue <= now))
                .GroupBy(row => row.Queue!).ToImmutableDictionary(queue => queue.Key, queue => queue.Count());
            IsRead = true;
        }
        catch (StoreUnavailableException fault)
        {
            LogNotRead(fault.Message); // What was read before stays; the next reading is soon.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The conversations at risk could not be read for those who watch them: {Reason}")]
    private partial void LogNotRead(string reason);
}
