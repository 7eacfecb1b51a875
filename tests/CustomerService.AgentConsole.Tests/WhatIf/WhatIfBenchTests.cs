using CustomerService.AgentConsole.Live;
using CustomerService.AgentConsole.WhatIf;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Centre;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.AgentConsole.Tests.WhatIf;

/// <summary>A morning in which one agent had forty customers, read from the journal and played.</summary>
public sealed class WhatIfBenchTests : IJournal, IGrainClient, IPresentRules, IDisposable
{
    private static readonly DateOnly Day = new(2026, 3, 4);
    private static readonly DateTimeOffset Nine = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly List<JournalEntry> _journal = [];
    private readonly FloorFollower _floor;
    private readonly WhatIfBench _bench;

    public WhatIfBenchTests()
    {
        _floor = new FloorFollower(this, this, new ManualTimeProvider(Nine.AddHours(20)), NullLogger<FloorFollower>.Instance);
        _bench = new WhatIfBench(this, this, _floor);
        var ada = Grain.Agent("ada");
        Tell(-1, ada, new AgentConfigured("Ada", ["general", "nowhere"], ["billing"], 1));
        Tell(0, ada, new PresenceChanged("available"));
        for (var number = 0; number < 40; number++)
        {
            var conversation = Grain.Conversation($"c-{number}");
            Tell(number * 3, conversation, new HandedOff(new HandoffPackage("general", 0, "", "", [], [])));
            Tell((number * 3) + 1, conversation, new AgentAssigned("ada", $"general-{number}"));
            Tell((number * 3) + 6, conversation, new ConversationResolved("ada"));
        }

        Tell(180, ada, new PresenceChanged("offline"));
        _journal.Sort((one, other) => one.At.CompareTo(other.At));
        for (var position = 0; position < _journal.Count; position++)
            _journal[position] = _journal[position] with { Position = position + 1 };
    }

    [Fact]
    public async Task A_day_is_read_with_who_came_and_who_was_at_work()
    {
        var day = await ReadAsync();

        Assert.Equal((40, 20), (day.Arrivals.Contacts.Length, day.Demand[9]));
        var team = Assert.Single(day.Teams);
        Assert.Equal(("general", 1, 5), (Assert.Single(team.Queues), team.Members, team.Skills["billing"])); // The rules know of no other queue.
        Assert.Equal([9, 10, 11], Enumerable.Range(0, TeamHours.Hours).Where(hour => team.Counts[hour] > 0));
    }

    [Fact]
    public async Task More_people_at_work_let_customers_wait_less()
    {
        var day = await ReadAsync();
        var told = new Heard();

        var answer = await _bench.PlayAsync(day, [day.Teams[0].Grown(3)], 1, told, default);

        Assert.Equal(1, told.Last);
        Assert.True(answer.After.Total.Wait!.Mean < answer.Before!.Total.Wait!.Mean);
        var (before, after) = (HourFigures.Of(answer.Before, day.Zone), HourFigures.Of(answer.After, day.Zone));
        Assert.Equal((20, 20), (before[9].Contacts, after[9].Contacts));
        Assert.True(after[9].Level > before[9].Level);
        Assert.True(after[9].Occupancy < before[9].Occupancy);
        Assert.Null(after[20].Level);
    }

    [Fact]
    public async Task A_play_that_is_called_off_ends_and_the_next_may_begin()
    {
        var day = await ReadAsync();
        using var off = new CancellationTokenSource();
        await off.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.PlayAsync(day, day.Teams, 1, new Heard(), off.Token));

        Assert.NotNull((await _bench.PlayAsync(day, day.Teams, 1, new Heard(), default)).Before);
    }

    [Fact]
    public async Task A_day_without_customers_or_people_cannot_be_played()
    {
        Assert.Null(await _bench.ReadAsync(Day.AddDays(-3), default));

        var day = await ReadAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => _bench.PlayAsync(day, [], 1, new Heard(), default));
    }

    [Fact]
    public async Task A_factor_brings_more_or_fewer_and_the_same_each_time()
    {
        var day = await ReadAsync();

        Assert.Equal(80, day.With(2, 1).Contacts.Length);
        Assert.Equal(80, day.With(2, 1).Contacts.Select(contact => contact.Id).Distinct().Count());
        Assert.InRange(day.With(0.5, 1).Contacts.Length, 8, 32);
        Assert.Equal(day.With(1.5, 1).Contacts.Select(contact => contact.Id), day.With(1.5, 1).Contacts.Select(contact => contact.Id));
        Assert.Equal(day.Arrivals.Contacts.Select(contact => contact.Id), day.With(1, 1).Contacts.Select(contact => contact.Id));
    }

    [Fact]
    public async Task A_roster_has_each_hour_what_the_grid_says()
    {
        var team = (await ReadAsync()).Teams[0].With(9, 3).With(11, 0).With(13, 2).Moved(1);

        var roster = team.ToRoster().ToList();

        Assert.Equal([3, 1, 0, 2], new[] { 10, 11, 12, 14 }.Select(hour => roster.Count(agent => agent.Shift.From <= hour * 60 && hour * 60 < agent.Shift.Until)));
        Assert.Equal(roster.Count, roster.Select(agent => agent.Id).Distinct().Count());
    }

    public void Dispose()
    {
        _bench.Dispose();
        _floor.Dispose();
    }

    public CentrePolicy Read() => CentrePolicy.Parse("default_queue: general", "routing.yaml");

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<JournalEntry>>([.. _journal.Where(entry => entry.Position > afterPosition).Take(limit)]);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) => ValueTask.FromResult<Reply>(Reply.Refuse("nobody", "There is nobody."));

    private async Task<DayAsItWas> ReadAsync()
    {
        await _floor.LookAsync(default);
        return Assert.IsType<DayAsItWas>(await _bench.ReadAsync(Day, default));
    }

    /// <param name="minutes">After nine.</param>
    private void Tell(double minutes, GrainId grain, JournalEvent happened) => _journal.Add(new JournalEntry(0, grain, 1, Nine.AddMinutes(minutes), happened));

    /// <summary>Hears of progress at once, where the page hears of it on its own thread.</summary>
    private sealed class Heard : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value) => Last = value;
    }
}
