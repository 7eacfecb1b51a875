using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;
using Microsoft.Data.Sqlite;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>The list in its own file.</summary>
public sealed class SqliteListTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conversation-list-");
    private int _files;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task AnyTraffic_ShowsEachConversationAsItIs_AlsoMadeAnew(ulong seed) => ListConformance.AnyTraffic_ShowsEachConversationAsItIs_AlsoMadeAnew(NewStore(), seed);

    [Fact]
    public Task KeeperThatDiesAnywhere_LosesAndDoublesNothing() => ListConformance.KeeperThatDiesAnywhere_LosesAndDoublesNothing(NewStore(), 21);

    [Fact]
    public Task SeveralKeepersAtOnce_DoubleNothing() => ListConformance.SeveralKeepersAtOnce_DoubleNothing(NewStore());

    [Fact]
    public Task StretchFromWhereTheListIsNoMore_IsNotKept() => ListConformance.StretchFromWhereTheListIsNoMore_IsNotKept(NewStore());

    [Fact]
    public Task JournalOfAnotherSystem_BeginsTheListAnew() => ListConformance.JournalOfAnotherSystem_BeginsTheListAnew(NewStore());

    [Fact]
    public Task AnyFilterAndOrder_GivesWhatHoldsOfTheRows_InPagesBothWays() => ListConformance.AnyFilterAndOrder_GivesWhatHoldsOfTheRows_InPagesBothWays(NewStore());

    [Fact]
    public Task Cursor_OfAnotherOrderOrNoneAtAll_IsRefused() => ListConformance.Cursor_OfAnotherOrderOrNoneAtAll_IsRefused(NewStore());

    [Fact]
    public Task News_TellWhatChanged_WhenItCanBeRead_ToWhoeverListens() => ListConformance.News_TellWhatChanged_WhenItCanBeRead_ToWhoeverListens(NewStore());

    [Fact]
    public Task ForgottenCustomer_IsInNoListAndNoSearch() => ListConformance.ForgottenCustomer_IsInNoListAndNoSearch(NewStore());

    [Fact]
    public Task Search_FindsWordsOfFiveLanguages_ByTheirBeginnings() => ListSearchConformance.Search_FindsWordsOfFiveLanguages_ByTheirBeginnings(NewStore());

    [Fact]
    public Task ConversationsThatAreOver_AreFoundInPages_TheOldestFirst() => RetentionConformance.ConversationsThatAreOver_AreFoundInPages_TheOldestFirst(NewStore());

    [Fact]
    public Task FilesAndAddresses_AreKnownByWhoHasThem_AlsoMadeAnew() => RetentionConformance.FilesAndAddresses_AreKnownByWhoHasThem_AlsoMadeAnew(NewStore());

    [Theory]
    [InlineData(41, 1.0)]
    [InlineData(42, 0.3)]
    [InlineData(43, 0.02)]
    public Task ErasedConversations_AreInNoListAndNoSearch_AlsoMadeAnew(ulong seed, double catchesUp) =>
        RetentionConformance.ErasedConversations_AreInNoListAndNoSearch_AlsoMadeAnew(NewStore(), seed, catchesUp);

    [Fact]
    public Task ErasedConversation_IsToldToWhoeverShowsIt_AndItsFilesAreFree() => RetentionConformance.ErasedConversation_IsToldToWhoeverShowsIt_AndItsFilesAreFree(NewStore());

    [Fact]
    public Task CustomersWithoutConversations_AreKnown_AlsoMadeAnew() => RetentionConformance.CustomersWithoutConversations_AreKnown_AlsoMadeAnew(NewStore());

    [Fact]
    public async Task WhatIsTakenOut_IsInNoByteOfTheFiles()
    {
        var centre = new BusyCentre(34, conversations: 6);
        centre.Act(200);
        centre.Host.Ask(Grain.Conversation("secret"), new ReceiveMessage(new Interaction("m", ChannelNames.Chat, "xanthippe@example.org", "My password is quetzalcoatl.", centre.Host.Now)));
        var store = NewStore();
        var tables = await store.FollowAsync(centre);
        Assert.Equal((1, 1), (await CountAsync("quetzalcoatl"), await CountAsync("xanthippe")));
        var customer = (await tables.GetAsync(["secret"])).Single().CustomerId;
        Assert.True(await IsInFilesAsync("quetzalcoatl"));

        Task<int> forgetting;
        await using (var reader = await store.Database.OpenConnectionAsync())
        {
            await using var looking = ((SqliteConnection)reader).BeginTransaction(deferred: true);
            await using var command = reader.Command("SELECT count(*) FROM conversation_list");
            await command.ExecuteScalarAsync();
            forgetting = Task.Run(async () => await tables.ForgetAsync(customer));
            while (!forgetting.IsCompleted && await tables.CountAsync(new ConversationFilter { Text = "quetzalcoatl" }) > 0)
                await Task.Yield();
        }

        await forgetting;

        Assert.Equal((0, 0), (await CountAsync("quetzalcoatl"), await CountAsync("xanthippe")));
        Assert.False(await IsInFilesAsync("quetzalcoatl") || await IsInFilesAsync("xanthippe") || await IsInFilesAsync(customer));
        Assert.NotEqual(0, await CountAsync("parcel"));

        ValueTask<int> CountAsync(string word) => tables.CountAsync(new ConversationFilter { Text = word });
        async Task<bool> IsInFilesAsync(string word)
        {
            foreach (var file in _folder.GetFiles())
            {
                await using var bytes = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var text = await new StreamReader(bytes, System.Text.Encoding.Latin1).ReadToEndAsync();
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            return false;
        }
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefused_WithTheFix()
    {
        var path = Path.Combine(_folder.FullName, "conversations.db");
        File.WriteAllText(path, "This is a text, and long enough to be none of those files that are empty databases.");

        var fault = Assert.Throws<InvalidDataException>(() => ConversationTables.OnFile(path));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("delete the file", fault.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, ConversationFilter, ConversationOrder> Inboxes() => new()
    {
        { "by_agent", new ConversationFilter { AgentId = "ada", Statuses = [ConversationStatus.Assigned, ConversationStatus.OnHold, ConversationStatus.WrapUp] }, ConversationOrder.NewestMessage },
        { "by_agent", new ConversationFilter { AgentId = "ada", Unanswered = false, Statuses = [ConversationStatus.Assigned] }, ConversationOrder.OldestMessage },
        { "conversation_offers", new ConversationFilter { OfferedTo = "ada" }, ConversationOrder.LongestWaiting },
        { "by_last_agent", new ConversationFilter { LastAgentId = "ada", Statuses = [ConversationStatus.Snoozed] }, ConversationOrder.SnoozedUntil },
        { "by_snooze", new ConversationFilter { Queues = ["general"] }, ConversationOrder.SnoozedUntil },
        { "by_queue", new ConversationFilter { Queues = ["general"], Statuses = [ConversationStatus.Queued, ConversationStatus.Offered, ConversationStatus.Assigned] }, ConversationOrder.NewestMessage },
        { "by_wait", new ConversationFilter { Queues = ["general", "billing"] }, ConversationOrder.LongestWaiting },
        { "by_answer", new ConversationFilter { Channel = "email" }, ConversationOrder.LongestUnanswered },
        { "by_due", new ConversationFilter { DueBefore = DateTimeOffset.UnixEpoch, Queues = ["general"] }, ConversationOrder.DueSoonest },
        { "by_message", ConversationFilter.All, ConversationOrder.NewestMessage },
        { "by_message", new ConversationFilter { From = DateTimeOffset.UnixEpoch }, ConversationOrder.NewestMessage },
        { "by_status", new ConversationFilter { Statuses = [ConversationStatus.Resolved, ConversationStatus.Closed] }, ConversationOrder.NewestMessage },
        { "by_customer", new ConversationFilter { Customers = ["c-1"] }, ConversationOrder.NewestMessage },
        { "by_channel", new ConversationFilter { Channel = "sms" }, ConversationOrder.NewestMessage },
        { "by_language", new ConversationFilter { Language = "de" }, ConversationOrder.NewestMessage },
        { "by_tier", new ConversationFilter { Tier = "gold", Channel = "sms" }, ConversationOrder.NewestMessage },
        { "by_intent", new ConversationFilter { Intent = "refund_status", Language = "de" }, ConversationOrder.NewestMessage },
        { "conversation_terms", new ConversationFilter { Text = "parcel", Statuses = [ConversationStatus.Closed] }, ConversationOrder.NewestMessage },
    };

    [Theory]
    [MemberData(nameof(Inboxes))]
    public async Task UsualInbox_IsFoundByItsIndex(string index, ConversationFilter filter, ConversationOrder order)
    {
        var store = NewStore();
        var query = new ListQuery(filter, order, ListDialect.Sqlite);
        var sql = query.Rows(backwards: false, after: null, limit: 50);

        await using var connection = await store.Database.OpenConnectionAsync();
        await using var command = connection.Command("EXPLAIN QUERY PLAN " + sql, query.Parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(3));

        var whole = string.Join('\n', plan);
        Assert.Contains(index, whole, StringComparison.Ordinal);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN conversation_list", StringComparison.Ordinal) && !step.Contains(index, StringComparison.Ordinal));
    }

    private ListStore NewStore()
    {
        var path = Path.Combine(_folder.FullName, $"{++_files}.db");
        ConversationTables.OnFile(path);
        return new ListStore(() => ConversationTables.OnFile(path), SqliteFactory.Instance.CreateDataSource($"Data Source={path}"));
    }
}
