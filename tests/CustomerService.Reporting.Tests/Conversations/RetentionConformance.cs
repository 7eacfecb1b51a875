using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>What the list must know before something is erased, wherever it is kept.</summary>
internal static class RetentionConformance
{
    public static async Task ConversationsThatAreOver_AreFoundInPages_TheOldestFirst(ListStore store)
    {
        var centre = new BusyCentre(31, conversations: 40);
        centre.Act(300);
        var tables = await store.FollowAsync(centre);
        var all = await tables.GetAsync([.. centre.Conversations]);
        var middle = all.OrderBy(row => row.LastMessageAt).ElementAt(all.Length / 2).LastMessageAt;

        foreach (var channel in new[] { null, ChannelNames.Email, ChannelNames.Chat, ChannelNames.Sms })
        {
            var expected = all.Where(row => row.LastMessageAt < middle && (channel is null || row.Channel == channel)).OrderBy(row => row.LastMessageAt).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
            var found = new List<ConversationRow>();
            for (ImmutableArray<ConversationRow> page; (page = await tables.FindOverAsync(channel, middle, found.LastOrDefault(), 3)) is { IsEmpty: false };)
                found.AddRange(page);

            Assert.Equal(expected.Select(row => row.Id), found.Select(row => row.Id));
            Assert.Equal(new OverCount(expected.Count, expected.FirstOrDefault()?.LastMessageAt), await tables.CountOverAsync(channel, middle));
        }
    }

    public static async Task FilesAndAddresses_AreKnownByWhoHasThem_AlsoMadeAnew(ListStore store)
    {
        var centre = new BusyCentre(32, conversations: 2);
        centre.Host.Ask(Grain.Conversation("mail"), new ReceiveMessage(new Interaction("m1", ChannelNames.Email, "eve@example.org", "See both.", centre.Host.Now)
        {
            Attachments = [new Attachment("a.txt", "text/plain", 1, "shared"), new Attachment("lost.txt", "text/plain", 1, "")],
            ChannelMetadata = ImmutableDictionary<string, string>.Empty.Add("source", "letter").Add("message_id", "1@example.org"),
        }));
        centre.Host.Ask(Grain.Conversation("chat"), new ReceiveMessage(new Interaction("m2", ChannelNames.Chat, "eve@example.org", "Here too.", centre.Host.Now)
        {
            Attachments = [new Attachment("b.txt", "text/plain", 1, "shared"), new Attachment("c.txt", "text/plain", 1, "own")],
        }));
        var tables = await store.FollowAsync(centre);
        for (var anew = 0; anew < 2; anew++)
        {
            Assert.Equal(["letter", "own", "shared"], (await tables.UsedFilesAsync(["letter", "own", "shared", "none", ""])).Order());
            Assert.Equal(["shared"], await tables.UsedFilesAsync(["letter", "shared"], except: "mail"));
            Assert.False(await tables.HasAddressAsync(ChannelNames.Email, "eve@example.org", except: "mail"));
            Assert.True(await tables.HasAddressAsync(ChannelNames.Email, "eve@example.org", except: "another"));
            Assert.False(await tables.HasAddressAsync(ChannelNames.Sms, "eve@example.org", except: "another"));
            await tables.ClearAsync(sameJournal: true, default);
            await store.FollowAsync(centre);
        }

        var messages = await centre.Journal.ReadAsync(Grain.Conversation("mail"), 0, 1);
        Assert.Equal("1@example.org", ConversationRemains.MailIn(messages[0].Event));
        await tables.ForgetAsync((await tables.GetAsync(["mail"]))[0].CustomerId);
        Assert.Equal(["shared"], await tables.UsedFilesAsync(["letter", "shared"]));
    }

    /// <param name="catchesUp">How often, 0…1, the list is brought up before and after an erasure: seldom, and one stretch has messages, their erasure and new ones.</param>
    public static async Task ErasedConversations_AreInNoListAndNoSearch_AlsoMadeAnew(ListStore store, ulong seed, double catchesUp)
    {
        var (centre, dice) = (new BusyCentre(seed), new Dice(seed + 50));
        var tables = store.Open();
        var keeper = store.KeeperOf(centre, tables);
        var (erased, begunAnew) = (0, 0);
        for (var round = 0; round < 250; round++)
        {
            centre.Act(4);
            if (dice.Chance(catchesUp))
                await ListStore.CatchUpAsync(keeper);
            foreach (var id in centre.Conversations.Where(_ => dice.Chance(0.1)).ToList())
                erased += centre.Erase(id) ? 1 : 0;
            if (dice.Chance(catchesUp))
                await ListStore.CatchUpAsync(keeper);
            centre.Pass();
        }

        erased += centre.Conversations.ToList().Count(centre.Erase);
        centre.Pass();
        await ListStore.CatchUpAsync(keeper);
        var grown = await HoldsAsync();
        Assert.True(erased > 8 && begunAnew > 2 && grown.Count < centre.Conversations.Count(), $"Too little is erased to show anything: {erased}, begun anew {begunAnew}.");
        await tables.ClearAsync(sameJournal: true, default);
        await store.FollowAsync(centre);
        Assert.Equal(grown, await HoldsAsync());

        async Task<List<string>> HoldsAsync()
        {
            var (lines, rows) = (0, new List<string>());
            foreach (var id in centre.Conversations.Order(StringComparer.Ordinal))
            {
                var events = (await centre.Journal.ReadAsync(Grain.Conversation(id), 0, int.MaxValue)).ToList();
                var left = events[(events.FindLastIndex(entry => entry.Event is ConversationErased) + 1)..];
                Assert.All(events.SkipLast(left.Count + 1), entry => Assert.IsType<Emptied>(entry.Event));
                begunAnew += left.Count > 0 && left.Count < events.Count ? 1 : 0;
                var texts = left.Count(entry => entry.Event is MessageReceived or MessageSent or NoteAdded);
                lines += left.Count > 0 ? texts + 1 : 0;
                var row = (await tables.GetAsync([id])).SingleOrDefault();
                Assert.Equal(left.Count > 0, row is not null);
                if (row is null)
                    continue;
                Assert.Equal((left.Last(entry => entry.Event is MessageReceived or MessageSent).At, left[^1].Sequence, centre.ViewOf(id).Status), (row.LastMessageAt, row.Version, row.Status));
                rows.Add($"{row with { OfferedTo = [] }} {string.Join(',', row.OfferedTo)}");
            }

            Assert.Equal(rows.Count, await tables.CountAsync(ConversationFilter.All));
            Assert.Equal(lines, await store.CountAsync("conversation_lines"));
            Assert.Equal(0, await store.CountAsync("conversation_offers WHERE conversation NOT IN (SELECT id FROM conversation_list)"));
            return rows;
        }
    }

    public static async Task ErasedConversation_IsToldToWhoeverShowsIt_AndItsFilesAreFree(ListStore store)
    {
        var centre = new BusyCentre(35, conversations: 2);
        centre.Host.Ask(Grain.Conversation("old"), new ReceiveMessage(new Interaction("m", ChannelNames.Chat, "eve@example.org", "Quetzalcoatl", centre.Host.Now)
        {
            Attachments = [new Attachment("a.txt", "text/plain", 1, "file")],
        }));
        centre.Host.RunFor(TimeSpan.FromDays(1));
        var customer = centre.ViewOf("old").CustomerId;
        centre.Host.Ask(Grain.Customer(customer), new UpdateProfile("Eve Quetzal", null, null, null, null));
        var tables = await store.FollowAsync(centre);
        using var feed = new ConversationListFeed(store.Open());
        var told = new List<ConversationNews>();
        using var listening = feed.Subscribe(told.Add);
        await feed.LookAsync(default);
        Assert.Equal((1, 1), (await FindAsync("quetzalcoatl"), (await tables.UsedFilesAsync(["file"])).Count));

        centre.Host.Ask(Grain.Conversation("old"), new Close("sue"));
        Assert.True(centre.Erase("old"));
        centre.Host.RunFor(TimeSpan.FromMinutes(1));
        await store.FollowAsync(centre);
        await feed.LookAsync(default);

        Assert.True(told[^1].Everything);
        Assert.Equal((0, 0), (await FindAsync("quetzal"), (await tables.UsedFilesAsync(["file"])).Count));
        Assert.False(await tables.HasAddressAsync(ChannelNames.Chat, "eve@example.org", except: ""));
        Assert.Contains(customer, await tables.CustomersWithoutConversationsAsync(null, 100));

        Assert.IsNotType<Refused>(centre.Host.Ask(Grain.Customer(customer), new EraseCustomer(centre.Host.Now)));
        await store.FollowAsync(centre);
        Assert.DoesNotContain(customer, await tables.CustomersWithoutConversationsAsync(null, 100));
        Assert.Null(await tables.NameOfAsync(customer, default));
        centre.Host.Ask(Grain.Conversation("old"), new ReceiveMessage(new Interaction("m2", ChannelNames.Chat, "eve@example.org", "Hello again", centre.Host.Now)));
        await store.FollowAsync(centre);
        Assert.Null(Assert.Single(await tables.GetAsync(["old"])).CustomerName);

        ValueTask<int> FindAsync(string word) => tables.CountAsync(new ConversationFilter { Text = word });
    }

    public static async Task CustomersWithoutConversations_AreKnown_AlsoMadeAnew(ListStore store)
    {
        var centre = new BusyCentre(33, conversations: 3);
        centre.Act(20);
        foreach (var id in new[] { "imported", "imported-too" })
            centre.Host.Ask(Grain.Customer(id), new UpdateProfile("Ida", null, null, null, null));
        var tables = await store.FollowAsync(centre);
        await tables.ClearAsync(sameJournal: true, default);
        await store.FollowAsync(centre);
        var withOne = (await tables.GetAsync([.. centre.Conversations])).Select(row => row.CustomerId).ToHashSet();

        var without = await tables.CustomersWithoutConversationsAsync(null, 100);

        Assert.Contains("imported", without);
        Assert.DoesNotContain(without, withOne.Contains);
        Assert.Equal(without.Order(StringComparer.Ordinal), without.AsEnumerable());
        Assert.Equal(without.Skip(1), await tables.CustomersWithoutConversationsAsync(without[0], 100));
    }
}
