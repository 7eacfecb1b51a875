using System.Text;
using CustomerService.Channels.Email;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Tests.Email;

public sealed class LetterIntakeTests : IDisposable
{
    private const string Head = "From: ada@customer.example\r\nTo: support@shop.example\r\nMessage-Id: <q1@customer.example>\r\nMIME-Version: 1.0\r\n";

    private readonly MailDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task MailsPage_IsKeptAsAPage_AndIsHarmless()
    {
        var (message, files) = await TakeAsync(Head + "Content-Type: text/html\r\n\r\n<p onclick='x()'>Where is <b>it</b>?</p><script>alert(1)</script>");

        var page = Assert.Single(message.Attachments);
        Assert.Equal(("original.html", "text/html"), (page.Name, page.MediaType));
        var html = Encoding.UTF8.GetString(await ReadAsync(files, page.Reference));
        Assert.Contains("<b>it</b>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)script|onclick", html);
    }

    [Fact]
    public async Task PageThatSomebodyAttached_IsOnlyBytes()
    {
        var (message, _) = await TakeAsync(Head + """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            See the page.
            --b
            Content-Type: text/html; name=original.html
            Content-Disposition: attachment; filename=original.html

            <script>alert(1)</script>
            --b--

            """.ReplaceLineEndings("\r\n"));

        Assert.Equal("application/octet-stream", Assert.Single(message.Attachments).MediaType);
    }

    [Fact]
    public async Task MailAsItCame_IsKeptByteForByte_AndIsNoAttachment()
    {
        var raw = Head + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\u00fc\u00dfe\r\n";

        var (message, files) = await TakeAsync(raw);

        Assert.Empty(message.Attachments);
        Assert.Equal(Encoding.Latin1.GetBytes(raw), await ReadAsync(files, message.ChannelMetadata[MailMetadata.Source]));
    }

    private async Task<(Grains.Conversations.Interaction Message, IAttachmentStore Files)> TakeAsync(string raw)
    {
        var parts = _desk.Parts();
        await using var account = (IMailAccount)MailDesk.Settings(1, 1).Open(parts);
        Assert.Null(await account.TakeAsync(Encoding.Latin1.GetBytes(raw), DateTimeOffset.UnixEpoch, _desk, CancellationToken.None));
        return (Assert.IsType<ChannelEvent.Message>(await _desk.NextAsync()).Interaction, parts.Files);
    }

    private static async Task<byte[]> ReadAsync(IAttachmentStore files, string reference)
    {
        await using var file = Assert.IsAssignableFrom<Stream>(await files.OpenAsync(reference, CancellationToken.None));
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
