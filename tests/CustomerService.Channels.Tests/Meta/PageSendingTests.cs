using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Tests.Meta;

public sealed class PageSendingTests : IAsyncDisposable
{
    private const string Customer = "6254459154682919";

    private readonly SocialNetwork _network = new();
    private readonly TestParts.MemoryFiles _files = new();

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task Text_GoesAsResponse()
    {
        var outcome = await Messenger().SendAsync(Message("It is in stock."), default);

        var taken = Assert.Single(_network.Taken);
        Assert.Equal(taken.Id, Assert.Single(Assert.IsType<SendOutcome.Accepted>(outcome).Parts));
        Assert.Equal(
            (Customer, "RESPONSE", "It is in stock."),
            (taken.Body.GetProperty("recipient").GetProperty("id").GetString(), taken.Body.GetProperty("messaging_type").GetString(), taken.Body.GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task AfterADay_PeopleWriteUnderTheirTag_AndAssistantsNot()
    {
        Assert.IsType<SendOutcome.Failed>(await Messenger().SendAsync(Message("Still there?") with { OutsideWindow = true }, default));
        Assert.Empty(_network.Taken);

        Assert.IsType<SendOutcome.Accepted>(await Messenger().SendAsync(Message("I found it.", Author.Agent) with { OutsideWindow = true }, default));
        var taken = Assert.Single(_network.Taken).Body;
        Assert.Equal(("MESSAGE_TAG", "HUMAN_AGENT"), (taken.GetProperty("messaging_type").GetString(), taken.GetProperty("tag").GetString()));
    }

    [Fact]
    public async Task LongText_IsCutAsEachNetworkCounts()
    {
        var text = string.Join(' ', Enumerable.Repeat("größer", 400)); // 2,799 characters, 3,599 bytes

        await Messenger().SendAsync(Message(text), default);
        var messengers = Texts();
        _network.Taken.Clear();
        await Instagram().SendAsync(Message(text), default);
        var instagrams = Texts();

        Assert.Equal((2, text), (messengers.Count, string.Join(' ', messengers)));
        Assert.Equal(text, string.Join(' ', instagrams));
        Assert.All(instagrams, part => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(part), 1, 1000));
    }

    [Fact]
    public async Task File_IsUploadedAndThenSent()
    {
        var kept = await _files.KeepAsync("photo.png", "image/png", new MemoryStream("the bytes"u8.ToArray()), default);

        Assert.IsType<SendOutcome.Accepted>(await Instagram().SendAsync(Message("", Author.Assistant, kept), default));

        var (path, form) = Assert.Single(_network.Uploads);
        Assert.EndsWith("/me/message_attachments", path, StringComparison.Ordinal);
        Assert.Contains("the bytes", form, StringComparison.Ordinal);
        Assert.Contains("name=platform\r\n\r\ninstagram", form, StringComparison.Ordinal);
        Assert.Equal("image", Assert.Single(_network.Taken).Body.GetProperty("message").GetProperty("attachment").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(551, "the customer does not receive messages at present, or has blocked us (Meta error 551)")]
    [InlineData(10, "Meta does not allow this message: the customer last wrote too long ago, or our app lacks the permission (Meta error 10)")]
    public async Task Refusals_SayWhatTheyMean(int code, string reason)
    {
        _network.RefuseNext(code);
        Assert.Equal(reason, Assert.IsType<SendOutcome.Failed>(await Messenger().SendAsync(Message("Hello"), default)).Reason);
    }

    [Fact]
    public async Task CustomersFile_IsFetchedFromTheNetworkAndNowhereElse()
    {
        var media = (IMediaAccount)Messenger();
        await using (var content = await media.OpenMediaAsync(new MediaReference(_network.KeepOpen("image/jpeg", [1, 2, 3], ".jpg").AbsoluteUri, "image.jpg", "application/octet-stream"), default))
            Assert.Equal("image/jpeg", content.MediaType);

        foreach (var elsewhere in new[]
        {
            "http://169.254.169.254/latest/meta-data/", "https://fbcdn.net.evil.example/a.jpg", "http://scontent.fbcdn.net/a.jpg", "https://me@fbcdn.net/a.jpg", "https://fbcdn.net:8443/a.jpg",
            "file:///etc/passwd", "not an address", "",
        })
            await Assert.ThrowsAsync<MediaUnavailableException>(() => media.OpenMediaAsync(new MediaReference(elsewhere, "a", "image/jpeg"), default));
    }

    private ISendingAccount Messenger() => MetaAccounts.Open<ISendingAccount>(MetaAccounts.Messenger(_network.Graph), _files);

    private ISendingAccount Instagram() => MetaAccounts.Open<ISendingAccount>(MetaAccounts.Instagram(_network.Graph), _files);

    private static MessageToSend Message(string text, Author author = Author.Assistant, params Attachment[] files) => MetaAccounts.Message(text, author, Customer, [.. files]);

    private List<string> Texts() => [.. _network.Taken.Select(taken => taken.Body.GetProperty("message").GetProperty("text").GetString()!)];
}
