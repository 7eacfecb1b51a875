using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Following;
using CustomerService.Tests;

namespace CustomerService.Reporting.Tests;

public sealed class ForesightTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly GappyJournal _journal = new();
    private readonly ManualTimeProvider _time = new(Start);

    [Fact]
    public async Task RestartedProcess_KnowsTheSame()
    {
        Weeks(4);
        Hour(Start.AddDays(28).AddHours(10), "payment_problem", 30);
        var running = new Foresight(_journal, _time);
        await running.CatchUpAsync(default);

        var restarted = new Foresight(_journal, _time);
        Assert.False(restarted.KnowsThePast);
        await restarted.CatchUpAsync(default);

        var alert = Assert.Single(running.Alerts, each => each.Kind == "intent");
        Assert.Equal("payment_problem", alert.Name);
        Assert.Equal(alert.Sentence, Assert.Single(restarted.Alerts, each => each.Kind == "intent").Sentence);
        Assert.Equal(running.After("missing_item"), restarted.After("missing_item"));
        Assert.Equal("refund_status", running.After("missing_item")!.Intent);
    }

    [Fact]
    public async Task OnlyTheLastWeeks_AreRead()
    {
        Weeks(12);
        var foresight = new Foresight(_journal, _time);

        await foresight.CatchUpAsync(default);

        Assert.InRange(_journal.Handed, _journal.Count * 4 / 12, _journal.Count * 6 / 12);
    }

    [Fact]
    public async Task OneConversation_CountsOnce_HoweverMuchItWrites()
    {
        Weeks(3);
        var at = Start.AddDays(21).AddHours(10);
        for (var n = 0; n < 40; n++)
            Say("c-loud", at.AddSeconds(30 * n), "payment_problem");
        _time.Advance(at.AddHours(1) - _time.GetUtcNow());
        var foresight = new Foresight(_journal, _time);

        await foresight.CatchUpAsync(default);

        Assert.DoesNotContain(foresight.Alerts, alert => alert.Name == "payment_problem");
    }

    [Fact]
    public async Task NewEntries_AreFollowed()
    {
        Weeks(3);
        var foresight = new Foresight(_journal, _time);
        await foresight.CatchUpAsync(default);
        Assert.Empty(foresight.Alerts);

        Hour(Start.AddDays(21).AddHours(10), "refund_status", 30);
        await foresight.ReadAsync(default);

        Assert.Contains(foresight.Alerts, alert => alert.Name == "refund_status");
    }

    private void Weeks(int weeks)
    {
        for (var hour = 0; hour < weeks * 7 * 24; hour++)
        {
            var at = Start.AddHours(hour);
            for (var n = 0; n < 3; n++)
                Say($"c-{hour}-{n}", at.AddMinutes(7 + 17 * n), n == 0 ? "order_status" : n == 1 ? "missing_item" : "payment_problem", customer: $"v-{hour}-{n}");
            if (hour > 48 && hour % 2 == 0)
                Say($"c-{hour}-back", at.AddMinutes(55), "refund_status", customer: $"v-{hour - 48}-1");
        }

        _time.Advance(Start.AddDays(7 * weeks) - _time.GetUtcNow());
    }

    private void Hour(DateTimeOffset from, string intent, int conversations)
    {
        for (var n = 0; n < conversations; n++)
            Say($"c-{intent}-{n}", from.AddSeconds(100 * n), intent);
        _time.Advance(from.AddSeconds(100 * conversations) - _time.GetUtcNow());
    }

    private void Say(string conversation, DateTimeOffset at, string intent, string? customer = null)
    {
        var message = new Interaction("m-" + at.Ticks, ChannelNames.Chat, customer ?? "visitor-" + conversation, "something about it", at);
        _journal.Add(conversation, at, new MessageReceived(1, message));
        _journal.Add(conversation, at, new RunCompleted(message.Id, MessageSignals.Unknown with { Intent = intent, Language = "en" }, ResolutionTypes.Automated, ChannelNames.Chat, 0.1, null));
    }

    /// <summary>A journal whose positions have gaps, as a shared store's have.</summary>
    private sealed class GappyJournal : IJournal
    {
        private readonly List<JournalEntry> _entries = [];

        public int Count => _entries.Count;

        public int Handed { get; private set; }

        public void Add(string conversation, DateTimeOffset at, JournalEvent happened) =>
            _entries.Add(new JournalEntry((_entries.Count > 0 ? _entries[^1].Position : 0) + 1 + _entries.Count * 7919 % 1000, Grain.Conversation(conversation), _entries.Count + 1, at, happened));

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default)
        {
            var from = _entries.FindIndex(entry => entry.Position > afterPosition);
            var page = from < 0 ? [] : _entries.GetRange(from, Math.Min(limit, _entries.Count - from));
            Handed += page.Count;
            return new((IReadOnlyList<JournalEntry>)page);
        }

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();
    }
}
