using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>What the list must do, wherever it is kept.</summary>
internal static class ListConformance
{
    public static async Task AnyTraffic_ShowsEachConversationAsItIs_AlsoMadeAnew(ListStore store, ulong seed)
    {
        var centre = new BusyCentre(seed);
        var tables = store.Open();
        var keeper = store.KeeperOf(centre, tables);
        var seen = new HashSet<ConversationStatus>();
        for (var round = 0; round < 300; round++)
        {
            centre.ActOnce();
            await ListStore.CatchUpAsync(keeper);
            centre.Pass();
            await ListStore.CatchUpAsync(keeper);
            seen.UnionWith(await ShowsEachAsync(centre, tables));
        }

        var grown = (await tables.GetAsync([.. centre.Conversations])).OrderBy(row => row.Id).ToArray();
        Assert.True(seen.Count >= 6, $"The traffic is too tame to show anything: {string.Join(", ", seen)}.");

        await tables.ClearAsync(sameJournal: true, default);
        await store.FollowAsync(centre);

        Assert.Equal(Text(grown), Text((await tables.GetAsync([.. centre.Conversations])).OrderBy(row => row.Id)));
        await HasEachTextOnceAsync(centre, store);
    }

    public static async Task KeeperThatDiesAnywhere_LosesAndDoublesNothing(ListStore store, ulong seed)
    {
        var centre = new BusyCentre(seed);
        var dice = new Dice(seed + 100);
        var deaths = 0;
        for (var round = 0; round < 20; round++)
        {
            centre.Act(8);
            centre.Fault = () => dice.Chance(0.1) ? new StoreUnavailableException("The process is about to die.") : null;
            try
            {
                await store.FollowAsync(centre);
            }
            catch (StoreUnavailableException)
            {
                deaths++;
            }
        }

        centre.Fault = () => null;
        Assert.True(deaths > 3);
        await ShowsEachAsync(centre, await store.FollowAsync(centre));
        await HasEachTextOnceAsync(centre, store);
    }

    public static async Task SeveralKeepersAtOnce_DoubleNothing(ListStore store)
    {
        var centre = new BusyCentre(5);
        centre.Act(150);
        var keepers = Enumerable.Range(0, 3).Select(_ => store.KeeperOf(centre)).ToArray();
        await ListStore.CatchUpAsync(keepers[0]); // makes the empty tables theirs
        for (var round = 0; round < 10; round++)
        {
            centre.Act(10);
            foreach (var keeper in keepers.Reverse())
                await keeper.AdvanceAsync(default);
            foreach (var keeper in keepers)
                await ListStore.CatchUpAsync(keeper);
        }

        await ShowsEachAsync(centre, store.Open());
        await HasEachTextOnceAsync(centre, store);
    }

    public static async Task StretchFromWhereTheListIsNoMore_IsNotKept(ListStore store)
    {
        var centre = new BusyCentre(13);
        centre.Act(10);
        var tables = await store.FollowAsync(centre);
        var before = await tables.ReadStateAsync(default);
        centre.Act(10);
        await store.FollowAsync(centre);
        var after = await tables.ReadStateAsync(default);
        var late = new ListChanges([new ConversationRow { Id = "late", Status = ConversationStatus.Queued }], [new ListLine("late", 1, "late")], new Dictionary<string, string?>());

        Assert.Null(await tables.KeepAsync(before, before.Position + 1, late, default));
        await tables.ForgetAsync("nobody");
        Assert.Null(await tables.KeepAsync(after, after.Position + 1, late, default));

        Assert.Equal(after with { Remade = after.Remade + 1 }, await tables.ReadStateAsync(default));
        Assert.Empty(await tables.GetAsync(["late"]));
        await HasEachTextOnceAsync(centre, store);
    }

    public static async Task JournalOfAnotherSystem_BeginsTheListAnew(ListStore store)
    {
        var old = new BusyCentre(6, conversations: 30);
        old.Act(300);
        await store.FollowAsync(old);

        var centre = new BusyCentre(7, conversations: 3);
        centre.Act(5);
        var tables = await store.FollowAsync(centre);

        Assert.Equal(centre.Conversations.Count(), await tables.CountAsync(ConversationFilter.All));
        await HasEachTextOnceAsync(centre, store);
    }

    public static async Task AnyFilterAndOrder_GivesWhatHoldsOfTheRows_InPagesBothWays(ListStore store)
    {
        var centre = new BusyCentre(8, conversations: 60);
        centre.Act(600);
        var tables = await store.FollowAsync(centre);
        var all = await tables.GetAsync([.. centre.Conversations]);
        var dice = new Dice(9);
        var found = 0;
        for (var i = 0; i < 150; i++)
        {
            var filter = RandomFilter.Of(dice, all, centre.Host.Now);
            var order = dice.Pick(Enum.GetValues<ConversationOrder>());
            var expected = NaiveList.Find(all, filter, order);

            var forwards = await PagesAsync(tables, filter, order, 7);
            Assert.Equal(expected, forwards.SelectMany(page => page.Rows).Select(row => row.Id));
            Assert.Equal(forwards.SkipLast(1).Reverse().Select(Ids), await PagesBackAsync(tables, filter, order, 7, forwards));
            Assert.Equal(expected.Skip(3).Take(5), (await tables.FindRangeAsync(filter, order, 3, 5)).Select(row => row.Id));
            if (expected.Length > 0)
            {
                var at = dice.Below(expected.Length);
                var seen = all.Single(row => row.Id == expected[at]);
                Assert.Equal(expected.Skip(at + 1).Take(5), (await tables.FindBesideAsync(filter, order, seen, before: false, 5)).Select(row => row.Id));
                Assert.Equal(expected.Take(at).TakeLast(5), (await tables.FindBesideAsync(filter, order, seen, before: true, 5)).Select(row => row.Id));
            }

            Assert.Equal(expected.Length, await tables.CountAsync(filter, order));
            var counts = await tables.CountByStatusAsync(filter);
            var ofAll = NaiveList.Find(all, filter, ConversationOrder.NewestMessage).Select(id => all.Single(row => row.Id == id).Status).CountBy(status => status);
            Assert.Equal(ofAll.OrderBy(each => each.Key), counts.ByStatus.OrderBy(each => each.Key));
            found += expected.Length;
        }

        Assert.True(found > 500, "The filters find too little to show anything.");
    }

    public static async Task Cursor_OfAnotherOrderOrNoneAtAll_IsRefused(ListStore store)
    {
        var centre = new BusyCentre(10, conversations: 20);
        centre.Act(60);
        var tables = await store.FollowAsync(centre);
        var page = await tables.FindAsync(ConversationFilter.All, limit: 2);

        var fault = await Assert.ThrowsAsync<FormatException>(async () => await tables.FindAsync(ConversationFilter.All, ConversationOrder.OldestMessage, page.Next));
        Assert.Contains("NewestMessage", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FormatException>(async () => await tables.FindAsync(ConversationFilter.All, cursor: "xyz"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tables.FindAsync(ConversationFilter.All, limit: 0));
    }

    public static async Task News_TellWhatChanged_WhenItCanBeRead_ToWhoeverListens(ListStore store)
    {
        var centre = new BusyCentre(11);
        centre.Act(40);
        var tables = await store.FollowAsync(centre);
        using var feed = new ConversationListFeed(store.Open());
        var told = new List<ConversationNews>();
        var subscription = feed.Subscribe(told.Add);
        await feed.LookAsync(default);
        Assert.True(Assert.Single(told).Everything);
        told.Clear();

        var before = (await tables.GetAsync([.. centre.Conversations])).ToDictionary(row => row.Id);
        centre.Act(6);
        await feed.LookAsync(default);
        Assert.Empty(told);
        await store.FollowAsync(centre);
        await feed.LookAsync(default);

        var after = await tables.GetAsync([.. centre.Conversations]);
        var changed = after.Where(row => !before.TryGetValue(row.Id, out var was) || was.Version != row.Version).Select(row => new ConversationChange(row.Id, row.Version));
        Assert.NotEmpty(changed);
        Assert.Equal(changed.ToHashSet(), told.SelectMany(news => news.Changes).ToHashSet());

        await tables.ForgetAsync(after[0].CustomerId);
        await feed.LookAsync(default);
        Assert.True(told[^1].Everything);

        subscription.Dispose();
        told.Clear();
        centre.Act(6);
        await store.FollowAsync(centre);
        await feed.LookAsync(default);
        Assert.Empty(told);
    }

    public static async Task ForgottenCustomer_IsInNoListAndNoSearch(ListStore store)
    {
        var centre = new BusyCentre(12, conversations: 8);
        centre.Act(80);
        var tables = await store.FollowAsync(centre);
        var all = await tables.GetAsync([.. centre.Conversations]);
        var customer = all[0].CustomerId;
        var theirs = all.Where(row => row.CustomerId == customer).Select(row => row.Id).ToHashSet();

        Assert.Equal(theirs.Count, await tables.ForgetAsync(customer));

        Assert.Equal(all.Length - theirs.Count, await tables.CountAsync(ConversationFilter.All));
        foreach (var text in new[] { customer, all[0].Address, "parcel", "Zweitschrift" })
            Assert.DoesNotContain((await tables.FindAsync(new ConversationFilter { Text = text }, limit: 100)).Rows, row => theirs.Contains(row.Id));
        Assert.Equal(await ExpectedLinesAsync(centre, theirs), await store.CountAsync("conversation_lines"));
    }

    private static async Task<IEnumerable<ConversationStatus>> ShowsEachAsync(BusyCentre centre, ConversationTables tables)
    {
        string[] ids = [.. centre.Conversations];
        var rows = (await tables.GetAsync(ids)).ToDictionary(row => row.Id);
        Assert.Equal(ids.Length, rows.Count);
        Assert.Equal(ids.Length, await tables.CountAsync(ConversationFilter.All));
        foreach (var id in ids)
        {
            var (row, view) = (rows[id], centre.ViewOf(id));
            var events = await centre.Journal.ReadAsync(Grain.Conversation(id), 0, int.MaxValue);
            var messages = events.Where(entry => entry.Event is MessageReceived or MessageSent).ToArray();
            Assert.Equal(
                (view.Status, view.StatusSince, view.Queue, view.AgentId, string.Join(',', view.OfferedTo), view.Channel, view.Account, view.Address),
                (row.Status, row.StatusSince, row.Queue, row.AgentId, string.Join(',', row.OfferedTo), row.Channel, row.Account, row.Address));
            Assert.Equal(
                (view.LinkedCustomerId ?? view.CustomerId, view.AgentId ?? view.LastAgentId, view.CustomerLanguage, view.LastSignals?.Intent, view.LastSignals?.Sentiment),
                (row.CustomerId, row.LastAgentId, row.Language, row.Intent, row.Sentiment));
            Assert.Equal(
                (view.WaitingSince, view.UnansweredSince, view.SnoozedUntil, view.Callback?.To, view.Rating?.Score, view.Handoff?.Priority ?? 0),
                (row.WaitingSince, row.UnansweredSince, row.SnoozedUntil, row.CallbackTo, row.Rating, row.Priority));
            DateTimeOffset? Due(string kind) => view.Clocks.SingleOrDefault(clock => clock.Kind == kind)?.DueAt;
            Assert.Equal(
                (Due(ServiceClocks.FirstResponse), Due(ServiceClocks.NextResponse), Due(ServiceClocks.Resolution), view.Clocks.Any(clock => clock.Breached)),
                (row.FirstResponseDue, row.NextResponseDue, row.ResolutionDue, row.Breached));
            Assert.Equal((messages.LongLength, messages[^1].At, events[^1].Sequence), (row.Messages, row.LastMessageAt, row.Version));
            Assert.Equal(messages[^1].Event is MessageSent sent ? sent.Author : Author.Customer, row.LastBy);
            Assert.Equal(view.Status.IsSettled() ? events.Last(entry => entry.Event is ConversationResolved).At : null, row.SettledAt);
        }

        return rows.Values.Select(row => row.Status);
    }

    private static async Task HasEachTextOnceAsync(BusyCentre centre, ListStore store) =>
        Assert.Equal(await ExpectedLinesAsync(centre, []), await store.CountAsync("conversation_lines"));

    /// <summary>Each message and note, and what each conversation is known by.</summary>
    private static async Task<long> ExpectedLinesAsync(BusyCentre centre, HashSet<string> without)
    {
        var lines = 0L;
        foreach (var id in centre.Conversations.Where(id => !without.Contains(id)))
            lines += 1 + (await centre.Journal.ReadAsync(Grain.Conversation(id), 0, int.MaxValue)).Count(entry => entry.Event is MessageReceived or MessageSent or NoteAdded);
        return lines;
    }

    private static async Task<List<ConversationPage>> PagesAsync(ConversationTables tables, ConversationFilter filter, ConversationOrder order, int limit)
    {
        var pages = new List<ConversationPage> { await tables.FindAsync(filter, order, null, limit) };
        Assert.Null(pages[0].Previous);
        while (pages[^1].Next is { } next)
            pages.Add(await tables.FindAsync(filter, order, next, limit));
        return pages;
    }

    private static async Task<List<string>> PagesBackAsync(
        ConversationTables tables, ConversationFilter filter, ConversationOrder order, int limit, List<ConversationPage> forwards)
    {
        var pages = new List<string>();
        for (var cursor = forwards[^1].Previous; cursor is not null;)
        {
            var page = await tables.FindAsync(filter, order, cursor, limit);
            Assert.NotNull(page.Next);
            pages.Add(Ids(page));
            cursor = page.Previous;
        }

        return pages;
    }

    private static string Ids(ConversationPage page) => string.Join(' ', page.Rows.Select(row => row.Id));

    private static IEnumerable<string> Text(IEnumerable<ConversationRow> rows) => rows.Select(row => $"{row with { OfferedTo = [] }} {string.Join(',', row.OfferedTo)}");
}
