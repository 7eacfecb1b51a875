using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Alerts;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using Microsoft.Data.Sqlite;

namespace CustomerService.Reporting.Tests.Alerts;

/// <summary>Where figures come from: real tables of cases, and what the list of conversations is asked.</summary>
public sealed class AlertSourceTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alerts-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Spike_IsHeldAgainstTheSameTimeOfTheLastWeeks()
    {
        var tables = await TablesAsync(
        [
            .. Enumerable.Range(1, 4).SelectMany(week => Cases(5, Now.AddDays(-7 * week).AddMinutes(-30))),
            .. Enumerable.Range(1, 4).SelectMany(week => Cases(50, Now.AddDays(-7 * week).AddHours(-2))), // Another hour.
            .. Cases(30, Now.AddMinutes(-10)),
        ]);

        var reading = await ReadAsync(new CaseAlertSource(tables, new Beginning(Now.AddDays(-100))), Rush(new SpikeTerms()));
        Assert.Equal((30.0, 5.0), (reading.Value, reading.Usual!.Mean));

        // The system was there for two of the four weeks: too few to know.
        Assert.Null((await ReadAsync(new CaseAlertSource(tables, new Beginning(Now.AddDays(-15))), Rush(new SpikeTerms()))).Usual);
    }

    [Fact]
    public async Task Spike_IsHeldAgainstTheWindowsJustBefore()
    {
        var tables = await TablesAsync([.. Cases(2, Now.AddMinutes(-65)), .. Cases(4, Now.AddMinutes(-130)), .. Cases(6, Now.AddMinutes(-190)), .. Cases(9, Now.AddMinutes(-1))]);

        var reading = await ReadAsync(new CaseAlertSource(tables, new Beginning(Now.AddDays(-1))), Rush(new SpikeTerms { AgainstWeeks = false, Periods = 3 }));

        Assert.Equal((9.0, 4.0), (reading.Value, reading.Usual!.Mean));
    }

    [Fact]
    public async Task Cases_AreThoseOfTheRulesOwnWindow_ReadOnceAMinute()
    {
        var tables = await TablesAsync([.. Cases(3, Now.AddMinutes(-5)), .. Cases(4, Now.AddMinutes(-45))]);
        var source = new CaseAlertSource(tables, new Beginning(Now));
        AlertRule[] rules = [Above(AlertFigures.NewCases) with { Window = TimeSpan.FromMinutes(10) }, Above(AlertFigures.NewCases)];

        Assert.Equal([3.0, 7.0], (await source.ReadAsync(rules, Now, default)).Select(each => each.Readings[0].Value!.Value));
        Assert.Empty(await source.ReadAsync(rules, Now.AddSeconds(59), default));
        Assert.Equal([3.0, 7.0], (await source.ReadAsync(rules, Now.AddSeconds(60), default)).Select(each => each.Readings[0].Value!.Value));
    }

    [Fact]
    public async Task Conversations_AreCountedByQueueAndChannel_TheLateOnesByTheirPromise()
    {
        var list = new AskedList();
        var source = new ConversationAlertSource(list, () => ["billing", "general"]);

        var readings = await source.ReadAsync([Above(AlertFigures.Overdue) with { Each = AlertParts.Queue }, Above(AlertFigures.Active) with { Only = Above(AlertFigures.Active).Only.Add(AlertParts.Channel, "email") }], Now, default);

        Assert.Equal([("billing", 1.0), ("general", 2.0)], readings[0].Readings.Select(reading => (reading.Subject, reading.Value!.Value)));
        Assert.Equal(("", 3.0), (readings[1].Readings[0].Subject, readings[1].Readings[0].Value!.Value));
        Assert.Equal([Now, Now, null], list.Asked.Select(filter => filter.DueBefore));
        Assert.Equal(["billing", "general"], list.Asked.SelectMany(filter => filter.Queues));
        Assert.Equal((true, "email"), (list.Asked[2].Statuses.Contains(ConversationStatus.Assistant), list.Asked[2].Channel));
    }

    private static AlertRule Above(string figure) => new("rule", AlertFigures.Find(figure)!, AlertKind.Above);

    private static AlertRule Rush(SpikeTerms terms) => new("rush", AlertFigures.Find(AlertFigures.NewCases)!, AlertKind.Spike) { Spike = terms };

    private static async Task<AlertReading> ReadAsync(CaseAlertSource source, AlertRule rule) => Assert.Single(Assert.Single(await source.ReadAsync([rule], Now, default)).Readings);

    private static IEnumerable<CaseRow> Cases(int count, DateTimeOffset at) =>
        Enumerable.Range(0, count).Select(number => new CaseRow { ConversationId = FormattableString.Invariant($"c-{at.UtcTicks}-{number}"), Number = 1, OpenedAt = at, Channel = "sms" });

    private async Task<CaseTables> TablesAsync(IEnumerable<CaseRow> cases)
    {
        var tables = CaseTables.OnFile(Path.Combine(_folder.FullName, "figures.db"));
        Assert.True(await tables.KeepAsync(await tables.ReadStateAsync(default), 1, new CaseChanges([.. cases], [], []), new ReviewChanges([], []), default));
        return tables;
    }

    /// <summary>A journal of which only the first entry matters.</summary>
    private sealed class Beginning(DateTimeOffset at) : IJournal
    {
        public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
            new([new JournalEntry(1, Grain.Conversation("c-1"), 1, at, new AlertAcknowledged("alert-1", "sue", null))]);

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();
    }

    /// <summary>Counts one more with each asking.</summary>
    private sealed class AskedList : IConversationList
    {
        public List<ConversationFilter> Asked { get; } = [];

        public ValueTask<int> CountAsync(ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, CancellationToken cancellation = default)
        {
            Asked.Add(filter);
            return ValueTask.FromResult(Asked.Count);
        }

        public ValueTask<ConversationPage> FindAsync(ConversationFilter filter, ConversationOrder order = ConversationOrder.NewestMessage, string? cursor = null, int limit = 50, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<ConversationRow>> FindRangeAsync(ConversationFilter filter, ConversationOrder order, int offset, int count, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<ConversationRow>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<ConversationCounts> CountByStatusAsync(ConversationFilter filter, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<ConversationRow>> FindBesideAsync(ConversationFilter filter, ConversationOrder order, ConversationRow seen, bool before, int count, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<int> ForgetAsync(string customerId, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
