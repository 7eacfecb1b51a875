using System.Data.Common;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Reviews;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Tests.Conversations;
using CustomerService.Simulation.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Reporting.Tests.Figures;

/// <summary>Where one test keeps its cases.</summary>
/// <param name="Open">The tables, as another process opens them.</param>
/// <param name="Database">The same, for a look at what is in them.</param>
internal sealed record CaseStore(Func<CaseTables> Open, DbDataSource Database);

/// <summary>What the tables of cases must do, wherever they are kept.</summary>
internal static class CaseConformance
{
    public static async Task AnyTraffic_CountsEachCaseOnce_AlsoMadeAnew(CaseStore store, ulong seed)
    {
        var centre = new BusyCentre(seed);
        var tables = store.Open();
        var keeper = KeeperOf(centre, tables);
        for (var round = 0; round < 120; round++)
        {
            centre.Act(5);
            await CatchUpAsync(keeper);
        }

        var told = await ToldAsync(centre);
        var grown = await AllAsync(tables);
        Assert.True(
            told.Count >= 12 && told.Any(row => row.Reopenings > 0) && told.Any(row => row.AssistantMessages > 0) && told.Any(row => row.Parts.Length > 1) && told.Any(row => row.Number > 1),
            $"The traffic is too tame to show anything: {told.Count} cases.");
        Assert.Equal(Text(told), Text(grown));

        await tables.ClearAsync(sameJournal: true, default);
        await CatchUpAsync(KeeperOf(centre, store.Open()));
        Assert.Equal(Text(told), Text(await AllAsync(tables)));
    }

    public static async Task SeveralKeepersAtOnce_CountNothingTwice(CaseStore store)
    {
        var centre = new BusyCentre(5);
        var keepers = Enumerable.Range(0, 3).Select(_ => KeeperOf(centre, store.Open())).ToArray();
        await CatchUpAsync(keepers[0]); // makes the empty tables theirs
        for (var round = 0; round < 10; round++)
        {
            centre.Act(20);
            foreach (var keeper in keepers.Reverse())
                await keeper.AdvanceAsync(default);
            foreach (var keeper in keepers)
                await CatchUpAsync(keeper);
        }

        Assert.Equal(Text(await ToldAsync(centre)), Text(await AllAsync(store.Open())));
    }

    public static async Task JournalOfAnotherSystem_BeginsAnew(CaseStore store)
    {
        var (old, other) = (new BusyCentre(7), new BusyCentre(8, conversations: 3));
        old.Act(200);
        other.Act(10);
        await CatchUpAsync(KeeperOf(old, store.Open()));

        await CatchUpAsync(KeeperOf(other, store.Open()));

        Assert.Equal(Text(await ToldAsync(other)), Text(await AllAsync(store.Open())));
    }

    public static async Task SettledCases_AreFoundByWhenTheyWere(CaseStore store)
    {
        var centre = new BusyCentre(9);
        centre.Act(300);
        var tables = store.Open();
        await CatchUpAsync(KeeperOf(centre, tables));
        var settled = (await ToldAsync(centre)).Where(row => row.SettledAt is not null).OrderBy(row => row.SettledAt).ToList();
        var (from, until) = (settled[1].SettledAt!.Value, settled[^1].SettledAt!.Value);

        var found = await tables.SettledAsync(from, until);

        Assert.Equal(settled.Where(row => row.SettledAt >= from && row.SettledAt < until).Select(row => (row.ConversationId, row.Number)).Order(), found.Select(row => (row.ConversationId, row.Number)).Order());
        Assert.NotEmpty(found);
    }

    public static async Task Reviews_AreListedAsTheyAre_AlsoMadeAnew(CaseStore store)
    {
        var centre = new BusyCentre(6);
        var card = new ReviewCard("service", [new ReviewQuestion("right", "Right?", 1, 2, AutoFail: false)]);
        void Give(string conversation, string by, int points, bool calibration = false) =>
            centre.Host.Ask(Grain.Reviews(conversation), new GiveReview(by, "ada", card, [new ReviewMark("right", points, null, null)], null, calibration));
        var tables = store.Open();
        var keeper = KeeperOf(centre, tables);
        Give("c-1", "sue", 1);
        await CatchUpAsync(keeper);
        centre.Host.Ask(Grain.Reviews("c-1"), new DisputeReview("ada", "sue", "It was right."));
        Give("c-2", "tom", 2, calibration: true);
        await CatchUpAsync(keeper);
        centre.Host.Ask(Grain.Reviews("c-1"), new UpholdReview("sue", "sue", "It was not."));
        Give("c-2", "tom", 0, calibration: true);
        await CatchUpAsync(keeper);

        async Task HoldsAsync()
        {
            var own = Assert.Single(await tables.OfAgentAsync("ada"));
            Assert.Equal(("c-1", 50.0, ReviewStatus.Upheld, "It was right.", "It was not."), (own.ConversationId, own.Review.Score, own.Review.Status, own.Review.Dispute, own.Review.Answer));
            var (_, mark) = Assert.Single(await tables.MarksSinceAsync(DateTimeOffset.MinValue));
            Assert.Equal((1, 50.0), (mark.Reviews, mark.Mean));
            Assert.Equal([("c-1", 50.0), ("c-2", 0.0)], (await tables.SinceAsync(DateTimeOffset.MinValue)).Select(row => (row.ConversationId, row.Review.Score!.Value)).Order());
        }

        await HoldsAsync();
        await tables.ClearAsync(sameJournal: true, default);
        await CatchUpAsync(KeeperOf(centre, tables));
        await HoldsAsync();
    }

    public static async Task ErasedConversations_AreCountedWithoutTheirNames_AlsoMadeAnew(CaseStore store, ulong seed)
    {
        var (centre, dice) = (new BusyCentre(seed), new Dice(seed + 50));
        var tables = store.Open();
        var keeper = KeeperOf(centre, tables);
        var erased = new List<CaseRow>();
        for (var round = 0; round < 250; round++)
        {
            centre.Act(4);
            await CatchUpAsync(keeper);
            var told = await AllAsync(tables);
            foreach (var id in centre.Conversations.Where(_ => dice.Chance(0.05)).ToList())
            {
                if (centre.Erase(id))
                    erased.AddRange(told.Where(row => row.ConversationId == id).Select(row => row with { ConversationId = "" }));
            }

            centre.Pass();
        }

        await CatchUpAsync(keeper);
        var kept = await ToldAsync(centre);
        Assert.True(erased.Count > 10 && kept.Count > 2, $"Too little is erased to show anything: {erased.Count}.");
        await HoldsAsync();

        await tables.ClearAsync(sameJournal: true, default);
        await CatchUpAsync(KeeperOf(centre, store.Open()));
        await HoldsAsync();

        await tables.ClearAsync(sameJournal: false, default);
        Assert.Empty(await AllAsync(tables));

        async Task HoldsAsync()
        {
            var all = await AllAsync(tables);
            Assert.Equal(Text(kept), Text(all.Where(row => row.ConversationId.Length > 0)));
            Assert.Equal(Sorted(erased), Sorted(all.Where(row => row.ConversationId.Length == 0)));
            Assert.All(await tables.SettledAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), row => Assert.NotEmpty(row.ConversationId));
        }

        static IEnumerable<string> Sorted(IEnumerable<CaseRow> rows) => rows.Select(row => JsonSerializer.Serialize(row)).Order(StringComparer.Ordinal);
    }

    public static async Task ErasedReviews_AreInNoList_AlsoMadeAnew(CaseStore store)
    {
        var centre = new BusyCentre(6);
        var card = new ReviewCard("service", [new ReviewQuestion("right", "Right?", 1, 2, AutoFail: false)]);
        void Give(string conversation, string by) => centre.Host.Ask(Grain.Reviews(conversation), new GiveReview(by, "ada", card, [new ReviewMark("right", 1, null, null)], null, false));
        var tables = store.Open();
        Give("c-1", "sue");
        Give("c-2", "sue");
        await CatchUpAsync(KeeperOf(centre, tables));
        Give("c-1", "tom");
        centre.Host.Ask(Grain.Reviews("c-1"), new EraseBeside());
        Give("c-1", "tim");

        for (var anew = 0; anew < 2; anew++)
        {
            await CatchUpAsync(KeeperOf(centre, tables));
            Assert.Equal([("c-1", "tim"), ("c-2", "sue")], (await tables.OfAgentAsync("ada")).Select(row => (row.ConversationId, row.Review.ReviewerId)).Order());
            await tables.ClearAsync(sameJournal: true, default);
        }
    }

    private static CaseKeeper KeeperOf(BusyCentre centre, CaseTables tables) => new(centre.Journal, tables, NullLogger<CaseKeeper>.Instance);

    private static async Task CatchUpAsync(CaseKeeper keeper)
    {
        while (await keeper.AdvanceAsync(default))
        {
            // One stretch after another, to the end.
        }
    }

    /// <summary>The cases as the whole journal tells them, read in one go.</summary>
    private static async Task<List<CaseRow>> ToldAsync(BusyCentre centre)
    {
        var cases = new Dictionary<(string, int), CaseRow>();
        var newest = new Dictionary<string, CaseRow>();
        for (var position = 0L; await centre.Journal.ReadAllAsync(position, 500) is { Count: > 0 } entries; position = entries[^1].Position)
        {
            foreach (var entry in entries.Where(entry => entry.Grain.Kind == GrainKinds.Conversation))
            {
                if (entry.Event is ConversationErased)
                {
                    newest.Remove(entry.Grain.Key);
                    foreach (var erased in cases.Keys.Where(each => each.Item1 == entry.Grain.Key).ToList())
                        cases.Remove(erased);
                }
                else if (CaseFold.After(newest.GetValueOrDefault(entry.Grain.Key), entry) is { } row)
                    cases[(row.ConversationId, row.Number)] = newest[row.ConversationId] = row;
            }
        }

        return [.. cases.Values];
    }

    private static async Task<IEnumerable<CaseRow>> AllAsync(CaseTables tables) => await tables.OpenedAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private static string Text(IEnumerable<CaseRow> rows) =>
        string.Join('\n', rows.OrderBy(row => row.ConversationId, StringComparer.Ordinal).ThenBy(row => row.Number).Select(row => JsonSerializer.Serialize(row)));
}
