using System.Text;
using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;
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

        Assert.Equal(0, await store.SweepAsync(Now.AddMinutes(59), NobodyHas, default));
        Assert.Equal(1, await new SharedAttachmentStore(database).SweepAsync(Now.AddHours(1), NobodyHas, default));
        Assert.Equal(0, await store.SweepAsync(Now.AddYears(1), NobodyHas, default));

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

        Assert.Equal(0, await store.SweepAsync(Now.AddHours(1), NobodyHas, default));
        Assert.Equal(1, await store.SweepAsync(Now.AddHours(2), NobodyHas, default));

        Assert.Null(await store.OpenAsync(twice.Reference, default));
        Assert.Equal("came by mail", await ReadAsync(store, kept.Reference));
    }

    [RequiresFact("postgresql")]
    public async Task ReleasedFile_GoesAtItsEnd_UnlessAMessageHasItAgain()
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        var store = new SharedAttachmentStore(database);
        var gone = await store.KeepAsync("a.txt", "text/plain", Text("gone"), default);
        var sentAgain = await store.KeepAsync("b.txt", "text/plain", Text("sent again"), default);
        var listed = await store.KeepAsync("c.txt", "text/plain", Text("listed"), default);
        var uploaded = await store.KeepUntilAsync("d.txt", "text/plain", Text("uploaded"), Now.AddDays(2), default);
        await store.ReleaseAsync([gone.Reference, sentAgain.Reference, listed.Reference, uploaded.Reference, AttachmentReference.OfHash(new string('0', 64)), "../keys"], Now.AddDays(1), default);
        await store.KeepAsync("b.txt", "text/plain", Text("sent again"), default);

        Assert.Equal(0, await store.SweepAsync(Now.AddDays(1).AddMinutes(-1), NobodyHas, default));
        await ((await store.OpenAsync(gone.Reference, default))!).DisposeAsync();
        Assert.Equal(1, await store.SweepAsync(Now.AddDays(1), SomebodyHas(listed), default));

        Assert.Null(await store.OpenAsync(gone.Reference, default));
        Assert.Equal(1, await store.SweepAsync(Now.AddDays(2), NobodyHas, default));
        Assert.Null(await store.OpenAsync(uploaded.Reference, default));
        foreach (var kept in new[] { sentAgain, listed })
            await ((await store.OpenAsync(kept.Reference, default))!).DisposeAsync();
    }

    [RequiresFact("postgresql")]
    public async Task FileThatIsTakenWhileTheSweepAsks_Stays()
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        var store = new SharedAttachmentStore(database);
        var file = await store.KeepUntilAsync("a.txt", "text/plain", Text("late"), Now, default);

        var swept = await store.SweepAsync(Now, async (references, cancellation) =>
        {
            Assert.Equal([file.Reference], references);
            Assert.True(await store.TakeAsync(references, cancellation));
            return new HashSet<string>();
        }, default);

        Assert.Equal(0, swept);
        await ((await store.OpenAsync(file.Reference, default))!).DisposeAsync();
    }

    private static ValueTask<IReadOnlySet<string>> NobodyHas(IReadOnlyCollection<string> references, CancellationToken cancellation) => new(new HashSet<string>());

    private static FilesInUse SomebodyHas(Attachment file) => (references, _) => new(references.Where(reference => reference == file.Reference).ToHashSet());

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(SharedAttachmentStore store, string reference)
    {
        using var reader = new StreamReader((await store.OpenAsync(reference, default))!);
        return await reader.ReadToEndAsync();
    }
}
