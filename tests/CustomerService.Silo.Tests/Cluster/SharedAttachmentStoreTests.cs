using System.Text;
using CustomerService.Silo.Cluster;
using Npgsql;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>The files of a cluster's messages.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class SharedAttachmentStoreTests(PostgreSqlServer server)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [RequiresFact("postgresql")]
    public async Task FileThatNoMessageTook_IsRemovedAtItsEnd_AndNoOther()
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        var store = new SharedAttachmentStore(database);
        var unsent = await store.KeepUntilAsync("unsent.txt", "text/plain", Text("unsent"), Now.AddHours(1), default);
        var sent = await store.KeepUntilAsync("sent.txt", "text/plain", Text("sent"), Now.AddHours(1), default);
        var mailed = await store.KeepAsync("mailed.txt", "text/plain", Text("mailed"), default);
        Assert.True(await store.TakeAsync([sent.Reference, sent.Reference, mailed.Reference], default));

        Assert.Equal(0, await store.SweepAsync(Now.AddMinutes(59), default));
        Assert.Equal(1, await new SharedAttachmentStore(database).SweepAsync(Now.AddHours(1), default));
        Assert.Equal(0, await store.SweepAsync(Now.AddYears(1), default));

        Assert.Null(await store.OpenAsync(unsent.Reference, default));
        Assert.False(await store.TakeAsync([sent.Reference, unsent.Reference], default));
        Assert.False(await store.TakeAsync(["../keys"], default));
        Assert.Equal("sent", await ReadAsync(store, sent.Reference));
        Assert.Equal("mailed", await ReadAsync(store, mailed.Reference));
    }

    [RequiresFact("postgresql")]
    public async Task SameFile_IsKeptForWhoeverHasItLongest()
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        var store = new SharedAttachmentStore(database);
        var twice = await store.KeepUntilAsync("a.txt", "text/plain", Text("twice"), Now.AddHours(1), default);
        await store.KeepUntilAsync("b.txt", "text/plain", Text("twice"), Now.AddHours(2), default);
        await store.KeepUntilAsync("c.txt", "text/plain", Text("twice"), Now.AddMinutes(1), default);
        var kept = await store.KeepUntilAsync("a.txt", "text/plain", Text("came by mail"), Now.AddHours(1), default);
        await store.KeepAsync("a.txt", "text/plain", Text("came by mail"), default);
        await store.KeepUntilAsync("a.txt", "text/plain", Text("came by mail"), Now.AddHours(1), default);

        Assert.Equal(0, await store.SweepAsync(Now.AddHours(1), default));
        Assert.Equal(1, await store.SweepAsync(Now.AddHours(2), default));

        Assert.Null(await store.OpenAsync(twice.Reference, default));
        Assert.Equal("came by mail", await ReadAsync(store, kept.Reference));
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(SharedAttachmentStore store, string reference)
    {
        using var reader = new StreamReader((await store.OpenAsync(reference, default))!);
        return await reader.ReadToEndAsync();
    }
}
