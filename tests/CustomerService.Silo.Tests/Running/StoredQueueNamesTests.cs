using CustomerService.Grains;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Silo.Running;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Running;

public sealed class StoredQueueNamesTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task Names_AreReadFromFirstToLast_AndOfQueuesOnly()
    {
        await using var store = await PostgreSqlStore.OpenAsync(await server.CreateMigratedAsync(), "silo-1");
        var names = Enumerable.Range(0, 1_005).Select(number => $"q-{number:0000}").ToList();
        await Task.WhenAll(names.Select(name => store.CommitAsync(Commit(Grain.Queue(name))).AsTask()));
        await store.CommitAsync(Commit(Grain.Agent("ada")));

        Assert.Equal(names, await new StoredQueueNames(store).ReadAsync(default));
    }

    private static GrainCommit Commit(GrainId grain) => new(grain, 0, 1, "{}"u8.ToArray(), 0, DateTimeOffset.UnixEpoch, [], [], [], []);
}
