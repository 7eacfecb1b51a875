using CustomerService.Channels.Email.Receiving;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>Parked mails in a folder and in a database: the same to whoever looks at them.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class ParkedMailsTests(PostgreSqlServer server)
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 30, 15, TimeSpan.FromHours(1));

    [Fact]
    public async Task InAFolder_TheyAreListedReadAndDropped()
    {
        var folder = Directory.CreateTempSubdirectory("parked-mails-");
        try
        {
            await TheyAreListedReadAndDroppedAsync(() => new DataFolder(folder.FullName).ParkedMails());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [RequiresFact("postgresql")]
    public async Task InADatabase_TheyAreListedReadAndDropped()
    {
        var address = new DatabaseAddress(await server.CreateMigratedAsync());
        await using var process = await SharedDatabase.OpenAsync(address, default);

        await TheyAreListedReadAndDroppedAsync(process.ParkedMails);
    }

    [Fact]
    public async Task IdFromOutside_ReachesNoOtherFile()
    {
        var folder = Directory.CreateTempSubdirectory("parked-mails-");
        try
        {
            var beside = Path.Combine(folder.FullName, "20260302T083015-0000.eml");
            await File.WriteAllTextAsync(beside, "somebody else's");
            var mails = new DataFolder(folder.FullName).ParkedMails();
            await mails.ParkAsync("support", [1], "no", Morning, default);

            foreach (var (account, id) in ((string, string)[])[("..", "20260302T083015-0000"), ("support", "../../20260302T083015-0000"), ("", "20260302T083015-0000")])
            {
                Assert.Null(await mails.FindAsync(account, id, default));
                Assert.False(await mails.DropAsync(account, id, default));
            }

            Assert.True(File.Exists(beside));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task TheyAreListedReadAndDroppedAsync(Func<IParkedMails> open)
    {
        Assert.Empty(await open().ListAsync(null, 10, default));

        var second = await open().ParkAsync("support", [1, 2, 3], "first\0reason", Morning, default);
        var first = await open().ParkAsync("sales", [4], "Not wanted.\n   at Somewhere()", Morning.AddHours(-1), default);
        Assert.Equal(second.Id, (await open().ParkAsync("support", [1, 2, 3], "newer reason", Morning, default)).Id); // The same once more.

        Assert.Equal([first, second with { Reason = "newer reason" }], await open().ListAsync(null, 10, default));
        Assert.Equal([first], await open().ListAsync(null, 1, default));
        Assert.Equal([first], await open().ListAsync("sales", 10, default));
        Assert.Empty(await open().ListAsync("nobody", 10, default));
        Assert.Equal(("support", Morning, 3L), (second.Account, second.ReceivedAt, second.Bytes));
        var found = Assert.NotNull(await open().FindAsync("support", second.Id, default));
        Assert.Equal([1, 2, 3], found.Raw);

        Assert.Null(await open().FindAsync("sales", second.Id, default));
        Assert.False(await open().DropAsync("sales", second.Id, default));
        Assert.True(await open().DropAsync("support", second.Id, default));
        Assert.False(await open().DropAsync("support", second.Id, default));
        Assert.Equal([first], await open().ListAsync(null, 10, default));
    }
}
