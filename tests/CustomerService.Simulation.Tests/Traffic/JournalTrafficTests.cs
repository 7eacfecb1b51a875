using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Traffic;

public sealed class JournalTrafficTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly RecordedJournal _journal = new();

    [Fact]
    public async Task HandedOverMatter_BecomesAContact_WithItsUndividedWork()
    {
        HandedOver("a", 0, "chat");
        HandedOver("b", 30, "chat");
        Assigned("a", 60);
        Assigned("b", 60);
        Resolved("a", 240, "anna");
        Resolved("b", 300, "anna");

        var arrivals = await ReadAsync();

        // Three minutes side by side at two thirds of the speed are two minutes each; then one alone.
        Assert.Equal([120, 180], arrivals.Contacts.Select(contact => Math.Round(contact.HandleSeconds)));
        Assert.Equal([Nine, Nine.AddSeconds(30)], arrivals.Contacts.Select(contact => contact.At));
        Assert.All(arrivals.Contacts, contact => Assert.Equal(("fr", "refund_status", "gold", "high"), (contact.Language, contact.Intent, contact.Tier, contact.Urgency)));
        Assert.All(arrivals.Contacts, contact => Assert.NotNull(contact.PatienceSeconds));
    }

    [Fact]
    public async Task ManyWhoGaveUp_TellTheirPatience()
    {
        for (var number = 0; number < 30; number++)
        {
            HandedOver($"c{number}", number * 200, "chat");
            Resolved($"c{number}", (number * 200) + 90, "customer");
        }

        var arrivals = await ReadAsync();

        Assert.Contains(arrivals.Assumptions, assumption => assumption.Contains("from the 30 who gave up: exponential, 1 min 30 s on average", StringComparison.Ordinal));
        Assert.Contains(arrivals.Assumptions, assumption => assumption.StartsWith("30 matters were not finished by an agent", StringComparison.Ordinal));
        Assert.InRange(arrivals.Contacts.Average(contact => contact.PatienceSeconds!.Value), 50, 140);
    }

    [Fact]
    public async Task TransferAndReopening_AreOneMatterAndAnother()
    {
        HandedOver("a", 0, "email");
        Assigned("a", 60);
        HandedOver("a", 120, "email");
        Assigned("a", 180);
        Resolved("a", 240, "anna");
        HandedOver("a", 1_000, "email");
        Assigned("a", 1_010);
        Resolved("a", 1_040, "anna");

        var arrivals = await ReadAsync();

        Assert.Equal([("a", 120d, null), ("a~2", 30d, null)], arrivals.Contacts.Select(contact => (contact.Id, contact.HandleSeconds, contact.PatienceSeconds)));
        Assert.Contains(arrivals.Assumptions, assumption => assumption.StartsWith("1 recorded transfers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingHandedOver_IsRefused() =>
        Assert.Contains("no conversation was ever handed to a person", (await Assert.ThrowsAsync<InvalidDataException>(ReadAsync)).Message, StringComparison.Ordinal);

    private Task<Arrivals> ReadAsync() =>
        JournalTraffic.ReadAsync(_journal, "the journal", TimeZoneInfo.Utc, new HumanNature().Attention, patience: null, seed: 1, CancellationToken.None);

    private void HandedOver(string id, double second, string channel)
    {
        _journal.Add(id, second, new MessageReceived(1, new Interaction($"{id}-1", channel, id, "Hello", Nine)));
        _journal.Add(id, second, new RunCompleted($"{id}-1", new MessageSignals("fr", "refund_status", 1, 0, [], "high"), ResolutionTypes.Human, channel, 0.1, null));
        _journal.Add(id, second, new HandedOff(new HandoffPackage("billing", 3, "for a person", "", [], []) { Tier = "gold" }));
    }

    private void Assigned(string id, double second) => _journal.Add(id, second, new AgentAssigned("anna", "billing-1"));

    private void Resolved(string id, double second, string by) => _journal.Add(id, second, new ConversationResolved(by));

    private sealed class RecordedJournal : IJournal
    {
        private readonly List<JournalEntry> _entries = [];

        public void Add(string conversation, double second, JournalEvent happened) =>
            _entries.Add(new JournalEntry(_entries.Count + 1, Grain.Conversation(conversation), 1, Nine.AddSeconds(second), happened));

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
            new([.. _entries.Where(entry => entry.Position > afterPosition).Take(limit)]);

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();
    }
}
