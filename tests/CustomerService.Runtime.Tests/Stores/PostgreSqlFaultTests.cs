using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;

namespace CustomerService.Runtime.Tests.Stores;

/// <summary>A server of its own, because it is killed.</summary>
public sealed class PostgreSqlFaultTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task KilledServer_RefusesThenRecovers()
    {
        var grain = new GrainId("probe", "a");
        await using var store = await PostgreSqlStore.OpenAsync(await server.CreateMigratedAsync(), "one");
        Assert.True((await store.CommitAsync(StoreConformance.Commit(grain, 0, "{\"n\":1}"))).IsCommitted);

        await server.KillAsync();
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(StoreConformance.Commit(grain, 1, "{\"n\":2}")));
        Assert.Contains("127.0.0.1", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.LoadAsync(grain, withEntries: false));

        await server.StartAsync();
        Assert.Equal("{\"n\":1}", StoreConformance.Text((await LoadWhenBackAsync(store, grain))!.State));
        Assert.True((await store.CommitAsync(StoreConformance.Commit(grain, 1, "{\"n\":2}"))).IsCommitted);
    }

    /// <summary>Each connection of the pool finds out by itself that the old server is gone.</summary>
    private static async Task<StoredGrain?> LoadWhenBackAsync(PostgreSqlStore store, GrainId grain)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await store.LoadAsync(grain, withEntries: false);
            }
            catch (StoreUnavailableException) when (tries < 10)
            {
                // The next one is a new connection.
            }
        }
    }
}
