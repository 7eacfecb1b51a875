using CustomerService.Reporting.Conversations;
using Npgsql;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>The list in a cluster's database, on a real PostgreSQL server with the program's tables.</summary>
public sealed class PostgreSqlListTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public Task AnyTraffic_ShowsEachConversationAsItIs_AlsoMadeAnew() => OnFreshDatabaseAsync(store => ListConformance.AnyTraffic_ShowsEachConversationAsItIs_AlsoMadeAnew(store, 1));

    [RequiresFact("postgresql")]
    public Task KeeperThatDiesAnywhere_LosesAndDoublesNothing() => OnFreshDatabaseAsync(store => ListConformance.KeeperThatDiesAnywhere_LosesAndDoublesNothing(store, 22));

    [RequiresFact("postgresql")]
    public Task SeveralKeepersAtOnce_DoubleNothing() => OnFreshDatabaseAsync(ListConformance.SeveralKeepersAtOnce_DoubleNothing);

    [RequiresFact("postgresql")]
    public Task StretchFromWhereTheListIsNoMore_IsNotKept() => OnFreshDatabaseAsync(ListConformance.StretchFromWhereTheListIsNoMore_IsNotKept);

    [RequiresFact("postgresql")]
    public Task JournalOfAnotherSystem_BeginsTheListAnew() => OnFreshDatabaseAsync(ListConformance.JournalOfAnotherSystem_BeginsTheListAnew);

    [RequiresFact("postgresql")]
    public Task AnyFilterAndOrder_GivesWhatHoldsOfTheRows_InPagesBothWays() => OnFreshDatabaseAsync(ListConformance.AnyFilterAndOrder_GivesWhatHoldsOfTheRows_InPagesBothWays);

    [RequiresFact("postgresql")]
    public Task Cursor_OfAnotherOrderOrNoneAtAll_IsRefused() => OnFreshDatabaseAsync(ListConformance.Cursor_OfAnotherOrderOrNoneAtAll_IsRefused);

    [RequiresFact("postgresql")]
    public Task News_TellWhatChanged_WhenItCanBeRead_ToWhoeverListens() => OnFreshDatabaseAsync(ListConformance.News_TellWhatChanged_WhenItCanBeRead_ToWhoeverListens);

    [RequiresFact("postgresql")]
    public Task ForgottenCustomer_IsInNoListAndNoSearch() => OnFreshDatabaseAsync(ListConformance.ForgottenCustomer_IsInNoListAndNoSearch);

    [RequiresFact("postgresql")]
    public Task Search_FindsWordsOfFiveLanguages_ByTheirBeginnings() => OnFreshDatabaseAsync(ListSearchConformance.Search_FindsWordsOfFiveLanguages_ByTheirBeginnings);

    [RequiresFact("postgresql")]
    public Task ConversationsThatAreOver_AreFoundInPages_TheOldestFirst() => OnFreshDatabaseAsync(RetentionConformance.ConversationsThatAreOver_AreFoundInPages_TheOldestFirst);

    [RequiresFact("postgresql")]
    public Task FilesAndAddresses_AreKnownByWhoHasThem_AlsoMadeAnew() => OnFreshDatabaseAsync(RetentionConformance.FilesAndAddresses_AreKnownByWhoHasThem_AlsoMadeAnew);

    [RequiresFact("postgresql")]
    public Task ErasedConversations_AreInNoListAndNoSearch_AlsoMadeAnew() =>
        OnFreshDatabaseAsync(store => RetentionConformance.ErasedConversations_AreInNoListAndNoSearch_AlsoMadeAnew(store, 44, 0.3));

    [RequiresFact("postgresql")]
    public Task ErasedConversation_IsToldToWhoeverShowsIt_AndItsFilesAreFree() =>
        OnFreshDatabaseAsync(RetentionConformance.ErasedConversation_IsToldToWhoeverShowsIt_AndItsFilesAreFree);

    [RequiresFact("postgresql")]
    public Task CustomersWithoutConversations_AreKnown_AlsoMadeAnew() => OnFreshDatabaseAsync(RetentionConformance.CustomersWithoutConversations_AreKnown_AlsoMadeAnew);

    private async Task OnFreshDatabaseAsync(Func<ListStore, Task> holds)
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        await holds(new ListStore(() => ConversationTables.OnDatabase(database), database));
    }
}
