using System.Text;
using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Tests.Files;

public sealed class FilesTests : IDisposable
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"attachments-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task File_IsKeptOnce_UnderItsHash()
    {
        var store = new FolderAttachmentStore(_folder);

        var first = await store.KeepAsync("photo.png", "image/png", new MemoryStream(Png), default);
        var second = await store.KeepAsync("other.png", "application/octet-stream", new MemoryStream(Png), default);

        Assert.Equal(first.Reference, second.Reference);
        Assert.Equal(("image/png", 10L, "photo.png"), (first.MediaType, first.Bytes, first.Name));
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        await using var read = await store.OpenAsync(first.Reference, default);
        Assert.Equal(10, read!.Length);
    }

    [Fact]
    public async Task FileThatNoMessageTook_IsRemovedAtItsEnd_AndNoOther()
    {
        var (store, now) = (new FolderAttachmentStore(_folder), new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var unsent = await store.KeepUntilAsync("unsent.txt", "text/plain", Text("unsent"), now.AddHours(1), default);
        var sent = await store.KeepUntilAsync("sent.txt", "text/plain", Text("sent"), now.AddHours(1), default);
        var mailed = await store.KeepAsync("mailed.txt", "text/plain", Text("mailed"), default);
        Assert.True(await store.TakeAsync([sent.Reference, mailed.Reference], default));

        Assert.Equal(0, await store.SweepAsync(now.AddMinutes(59), NobodyHas, default));
        Assert.Equal(1, await new FolderAttachmentStore(_folder).SweepAsync(now.AddHours(1), NobodyHas, default));
        Assert.Equal(0, await store.SweepAsync(now.AddYears(1), NobodyHas, default));

        Assert.Null(await store.OpenAsync(unsent.Reference, default));
        Assert.False(await store.TakeAsync([sent.Reference, unsent.Reference], default));
        await ((await store.OpenAsync(sent.Reference, default))!).DisposeAsync();
        await ((await store.OpenAsync(mailed.Reference, default))!).DisposeAsync();
        Assert.Equal(2, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task SameFile_IsKeptForWhoeverHasItLongest()
    {
        var (store, now) = (new FolderAttachmentStore(_folder), new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var twice = await store.KeepUntilAsync("a.txt", "text/plain", Text("twice"), now.AddHours(1), default);
        await store.KeepUntilAsync("b.txt", "text/plain", Text("twice"), now.AddHours(2), default);
        await store.KeepUntilAsync("c.txt", "text/plain", Text("twice"), now.AddMinutes(1), default);
        var kept = await store.KeepUntilAsync("a.txt", "text/plain", Text("came by mail"), now.AddHours(1), default);
        await store.KeepAsync("a.txt", "text/plain", Text("came by mail"), default);
        await store.KeepUntilAsync("a.txt", "text/plain", Text("came by mail"), now.AddHours(1), default);

        Assert.Equal(0, await store.SweepAsync(now.AddHours(1), NobodyHas, default));
        Assert.Equal(1, await store.SweepAsync(now.AddHours(2), NobodyHas, default));

        Assert.Null(await store.OpenAsync(twice.Reference, default));
        await ((await store.OpenAsync(kept.Reference, default))!).DisposeAsync();
    }

    [Fact]
    public async Task ReleasedFile_GoesAtItsEnd_UnlessAMessageHasItAgain()
    {
        var store = new FolderAttachmentStore(_folder);
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var gone = await store.KeepAsync("a.txt", "text/plain", Text("gone"), default);
        var sentAgain = await store.KeepAsync("b.txt", "text/plain", Text("sent again"), default);
        var listed = await store.KeepAsync("c.txt", "text/plain", Text("listed"), default);
        var uploaded = await store.KeepUntilAsync("d.txt", "text/plain", Text("uploaded"), now.AddDays(2), default);
        await store.ReleaseAsync([gone.Reference, sentAgain.Reference, listed.Reference, uploaded.Reference, AttachmentReference.OfHash(new string('0', 64)), "../keys"], now.AddDays(1), default);
        await store.KeepAsync("b.txt", "text/plain", Text("sent again"), default);

        Assert.Equal(0, await store.SweepAsync(now.AddDays(1).AddMinutes(-1), NobodyHas, default));
        await ((await store.OpenAsync(gone.Reference, default))!).DisposeAsync();
        Assert.Equal(1, await store.SweepAsync(now.AddDays(1), SomebodyHas(listed), default));

        Assert.Null(await store.OpenAsync(gone.Reference, default));
        Assert.Equal(1, await store.SweepAsync(now.AddDays(2), NobodyHas, default));
        Assert.Null(await store.OpenAsync(uploaded.Reference, default));
        foreach (var kept in new[] { sentAgain, listed })
            await ((await store.OpenAsync(kept.Reference, default))!).DisposeAsync();
    }

    [Fact]
    public async Task FileThatIsTakenWhileTheSweepAsks_Stays()
    {
        var store = new FolderAttachmentStore(_folder);
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var file = await store.KeepUntilAsync("a.txt", "text/plain", Text("late"), now, default);

        var swept = await store.SweepAsync(now, async (references, cancellation) =>
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

    [Theory]
    [InlineData("sha256-../../etc/passwd")]
    [InlineData("../keys/agent-token")]
    [InlineData("")]
    [InlineData("sha256-ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    [InlineData("sha256-abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    public async Task ReferenceThatIsNone_OpensNothing(string reference) =>
        Assert.Null(await new FolderAttachmentStore(_folder).OpenAsync(reference, default));

    [Fact]
    public async Task FileThatIsTooLarge_IsRefused_AndLeavesNothing()
    {
        var fault = await Assert.ThrowsAsync<AttachmentRefusedException>(
            () => new FolderAttachmentStore(_folder).KeepAsync("film.mp4", "video/mp4", new MemoryStream(new byte[IncomingFile.MaxBytes + 1]), default));

        Assert.Equal("The file film.mp4 is larger than 25 MB; send a smaller one, or a link.", fault.Message);
        Assert.False(Directory.Exists(_folder));
    }

    [Theory]
    [InlineData("<html><script>alert(1)</script>", "text/html", "application/octet-stream")]
    [InlineData("<svg onload=alert(1)>", "image/svg+xml", "application/octet-stream")]
    [InlineData("MZ this is a program", "image/png", "application/octet-stream")]
    [InlineData("%PDF-1.7", "image/png", "application/pdf")]
    [InlineData("hello", "text/plain; charset=utf-8", "text/plain")]
    [InlineData("hello", "not a type", "application/octet-stream")]
    [InlineData("PK\u0003\u0004....", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("PK\u0003\u0004....", "image/png", "application/zip")]
    public async Task MediaType_IsWhatTheBytesShow(string content, string said, string kept)
    {
        var attachment = await new FolderAttachmentStore(_folder).KeepAsync("x", said, new MemoryStream(Encoding.Latin1.GetBytes(content)), default);

        Assert.Equal(kept, attachment.MediaType);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\evil.exe", "evil.exe")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("a\r\nSet-Cookie: x", "aSet-Cookie x")]
    [InlineData("<img src=x onerror=alert(1)>.png", "img src=x onerror=alert(1).png")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    [InlineData("注文.pdf", "注文.pdf")]
    public void Name_IsMadeHarmless(string name, string safe) => Assert.Equal(safe, AttachmentName.Safe(name));

    [Fact]
    public void LongName_KeepsItsEnding()
    {
        var safe = AttachmentName.Safe(new string('x', 500) + ".pdf");

        Assert.Equal(AttachmentName.MaxLength, safe.Length);
        Assert.EndsWith("x.pdf", safe, StringComparison.Ordinal);
    }
}
