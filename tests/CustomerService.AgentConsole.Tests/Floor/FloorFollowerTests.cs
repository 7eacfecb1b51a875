using System.Collections.Immutable;
using CustomerService.AgentConsole.Floor;
using CustomerService.AgentConsole.Live;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.AgentConsole.Tests.Floor;

public sealed class FloorFollowerTests : IJournal, IGrainClient, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _time = new();
    private readonly List<JournalEntry> _journal = [];
    private readonly List<string> _asked = [];
    private readonly FloorFollower _floor;
    private readonly TaskCompletionSource _failed = new();
    private bool _journalIsAway;
    private bool _grainsAreAway;

    public FloorFollowerTests() => _floor = new FloorFollower(this, this, _time, NullLogger<FloorFollower>.Instance);

    [Fact]
    public async Task The_last_hours_are_there_after_a_start()
    {
        Tell(-60 * 60, Grain.Queue("billing"), new ConversationEnqueued("c-0", 3));
        Tell(-30, Grain.Queue("billing"), new ConversationEnqueued("c-1", 3));
        Tell(-20, Grain.Agent("ada"), new PresenceChanged("available"));
        Assert.False(_floor.KnowsThePast);

        await _floor.LookAsync(default);

        Assert.True(_floor.KnowsThePast);
        Assert.Equal(1, _floor.Queues.TrendOf("billing", 1, _time.GetUtcNow()).Arrivals.Sum());
        Assert.Equal(["ada", "eve"], _floor.Agents.All.Select(agent => agent.Id));
    }

    [Fact]
    public async Task Whoever_is_known_is_not_asked_again_however_often_one_looks()
    {
        await _floor.LookAsync(default);
        Assert.Equal(["ada", "eve", "olu"], _asked);

        _time.Advance(TimeSpan.FromSeconds(5));
        Tell(0, Grain.Agent("ada"), new PresenceChanged("away"));
        await _floor.LookAsync(default);

        Assert.Equal(3, _asked.Count);
        Assert.Equal(FloorState.Away, _floor.Agents.Find("ada")!.State);
    }

    [Fact]
    public async Task A_store_that_is_away_is_looked_at_again()
    {
        var (told, tells) = (0, new SemaphoreSlim(0));
        using var watching = _floor.Watch(() =>
        {
            told++;
            tells.Release();
        });
        _journalIsAway = true;
        await _floor.StartAsync(default);
        await _failed.Task.WaitAsync(Patience);
        Assert.Equal((false, 0), (_floor.KnowsThePast, told));

        _journalIsAway = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await tells.WaitAsync(Patience));
        await _floor.StopAsync(default);
        await _floor.LookAsync(default);

        Assert.Equal((true, 1), (_floor.KnowsThePast, told)); // Once: the second look found nothing new.
    }

    [Fact]
    public async Task What_was_read_while_the_grains_were_away_is_told_when_they_are_back()
    {
        await _floor.LookAsync(default);
        var told = 0;
        using var watching = _floor.Watch(() => told++);
        _time.Advance(TimeSpan.FromMinutes(1));
        Tell(0, Grain.Agent("ada"), new PresenceChanged("away"));

        _grainsAreAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _floor.LookAsync(default));
        Assert.Equal(0, told);

        _grainsAreAway = false;
        await _floor.LookAsync(default);
        Assert.Equal(1, told);
    }

    public void Dispose() => _floor.Dispose();

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default)
    {
        if (!_journalIsAway)
            return ValueTask.FromResult<IReadOnlyList<JournalEntry>>([.. _journal.Where(entry => entry.Position > afterPosition).Take(limit)]);
        _failed.TrySetResult();
        throw new StoreUnavailableException("no disk");
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        throw new InvalidOperationException("Nobody is read one by one.");

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new InvalidOperationException("A console process of a cluster hears nothing.");

    /// <summary>Ada and Eve are agents, Olu works here and takes no conversations.</summary>
    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        if (_grainsAreAway)
            throw new StoreUnavailableException("no disk");
        if (command is GetPeople)
            return ValueTask.FromResult<Reply>(new PeopleView([Person("ada"), Person("eve"), Person("olu")], []));
        _asked.Add(grain.Key);
        return ValueTask.FromResult(grain.Key == "olu"
            ? Reply.Refuse("no_such_agent", "There is no agent olu.")
            : new AgentView(grain.Key, grain.Key, "available", 3, 3, ["billing"], [], [], []));
    }

    private static PersonView Person(string id) =>
        new(id, id, null, [], 1, false, false, true, false, 0, ImmutableArray<OutsideIdentity>.Empty, null, null, null, default, null);

    /// <param name="minutes">Before now where it is negative.</param>
    private void Tell(double minutes, GrainId grain, JournalEvent happened) => _journal.Add(new JournalEntry(_journal.Count + 1, grain, 1, _time.GetUtcNow().AddMinutes(minutes), happened));
}
