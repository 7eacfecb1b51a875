using CustomerService.Knowledge;
using CustomerService.Knowledge.Tests.Records;
using Npgsql;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>Votes and former texts of articles, on a real PostgreSQL server with the program's tables.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class SharedKnowledgeTests(PostgreSqlServer server)
{
    [RequiresFact("postgresql")]
    public Task Votes_AreCountedByArticleAndLanguage_OnceForEachConversation() => OnFreshDatabaseAsync(KnowledgeRecordsConformance.Votes_AreCountedByArticleAndLanguage_OnceForEachConversation);

    [RequiresFact("postgresql")]
    public Task Resolution_CountsAQuarter_AndNothingWhereSomebodyVoted() => OnFreshDatabaseAsync(KnowledgeRecordsConformance.Resolution_CountsAQuarter_AndNothingWhereSomebodyVoted);

    [RequiresFact("postgresql")]
    public Task Texts_AreKeptOnce_AndFoundOldestFirst() => OnFreshDatabaseAsync(KnowledgeRecordsConformance.Texts_AreKeptOnce_AndFoundOldestFirst);

    private async Task OnFreshDatabaseAsync(Func<Func<TimeProvider, KnowledgeRecords>, Task> holds)
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        await holds(time => new KnowledgeRecords(database, time));
    }
}
