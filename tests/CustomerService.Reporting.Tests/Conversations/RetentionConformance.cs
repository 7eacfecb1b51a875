using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Reporting.Conversations;

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
