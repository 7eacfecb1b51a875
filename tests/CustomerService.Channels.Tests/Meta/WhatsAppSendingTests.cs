using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Meta.WhatsApp;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Tests;
using Fault = CustomerService.Channels.Tests.Vendors.SocialNetwork.Fault;

namespace CustomerService.Channels.Tests.Meta;

public sealed class WhatsAppSendingTests : IAsyncDisposable
{
    private readonly SocialNetwork _network = new();
    private readonly ManualTimeProvider _time = new();
    private readonly TestParts.MemoryFiles _files = new();
    private readonly AccountSettings _settings;
    private readonly ISendingAccount _account;

    public WhatsAppSendingTests()
    {
        _settings = MetaAccounts.WhatsApp(_network.Graph, "    template: {name: answer_after_a_day, languages: [en, de]}");
        _account = MetaAccounts.Open<ISendingAccount>(_settings, _files, _time);
    }

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task Text_IsTaken_AndItsReportFindsItBack()
    {
        var outcome = await SendAsync(MetaAccounts.Message("Your parcel is on its way."));

        var taken = Assert.Single(_network.Taken);
        Assert.Equal(taken.Id, Assert.Single(Assert.IsType<SendOutcome.Accepted>(outcome).Parts));
        Assert.Equal(("4915112345678", "text"), (taken.Body.GetProperty("to").GetString(), taken.Body.GetProperty("type").GetString()));
        Assert.Equal("Your parcel is on its way.", taken.Body.GetProperty("text").GetProperty("body").GetString());
        Assert.False(taken.Body.TryGetProperty("context", out _)); // it answers the last message, which needs no quoting

        var report = SocialNetwork.WhatsAppStatus(taken.Id, "read", taken.Body.GetProperty("biz_opaque_callback_data").GetString());
        var receipt = Assert.IsType<ChannelEvent.Receipt>(Assert.Single(MetaAccounts.Events(_settings, SocialNetwork.WhatsApp(statuses: [report]))));
        Assert.Equal(("social-abc", new NoteReceipt("m-2", taken.Id, null, DeliveryStatus.Read, null)), (receipt.ConversationId, receipt.What));
    }

    [Fact]
    public async Task AnswerToAnEarlierMessage_QuotesIt()
    {
        var message = MetaAccounts.Message("That one costs 5 €.");
        await SendAsync(message with { Message = message.Message with { InReplyTo = "wamid.earlier" } });

        Assert.Equal("wamid.earlier", Assert.Single(_network.Taken).Body.GetProperty("context").GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task LongText_GoesInParts_AndGoesOnWhereItStopped()
    {
        var text = string.Join(' ', Enumerable.Range(1, 1_500).Select(number => $"word{number}."));
        _network.FailNext(Fault.None, Fault.Busy);

        var first = Assert.IsType<SendOutcome.Later>(await SendAsync(MetaAccounts.Message(text)));
        Assert.Equal((1, TimeSpan.FromSeconds(7)), (first.Parts.Length, first.After));
        var second = Assert.IsType<SendOutcome.Accepted>(await SendAsync(MetaAccounts.Message(text) with { Accepted = 1 }));

        var bodies = _network.Taken.Select(taken => taken.Body.GetProperty("text").GetProperty("body").GetString()!).ToList();
        Assert.Equal(1 + second.Parts.Length, bodies.Count);
        Assert.Equal(text, string.Join(' ', bodies));
        Assert.All(bodies, body => Assert.InRange(body.Length, 1, 4096));
    }

    [Theory]
    [InlineData("image/jpeg", 5_000_000, "image")]
    [InlineData("image/jpeg", 5_000_001, "document")]
    [InlineData("image/gif", 10, "document")]
    [InlineData("audio/ogg", 10, "audio")]
    [InlineData("video/mp4", 16_000_001, "document")]
    [InlineData("application/pdf", 10, "document")]
    public async Task File_IsUploadedAndThenSent(string mediaType, long size, string kind)
    {
        var kept = await _files.KeepAsync("guide.bin", mediaType, new MemoryStream("the bytes"u8.ToArray()), default);

        Assert.IsType<SendOutcome.Accepted>(await SendAsync(MetaAccounts.Message("Here it is", files: kept with { Bytes = size })));

        var (path, form) = Assert.Single(_network.Uploads);
        Assert.EndsWith($"/{SocialNetwork.NumberId}/media", path, StringComparison.Ordinal);
        Assert.Contains("the bytes", form, StringComparison.Ordinal);
        Assert.Contains($"Content-Type: {mediaType}", form, StringComparison.Ordinal);
        var sent = _network.Taken.Last().Body;
        Assert.Equal(kind, sent.GetProperty("type").GetString());
        Assert.Equal(kind == "document", sent.GetProperty(kind).TryGetProperty("filename", out _));
        Assert.EndsWith("&part=2&of=2", sent.GetProperty("biz_opaque_callback_data").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatIsGone_FailsAndSaysSo()
    {
        var outcome = await SendAsync(MetaAccounts.Message("", files: new Attachment("a.pdf", "application/pdf", 1, "gone")));
        Assert.Equal("the file a.pdf is not kept any more", Assert.IsType<SendOutcome.Failed>(outcome).Reason);
    }

    [Theory]
    [InlineData((int)Fault.Broken)]
    [InlineData((int)Fault.BreakOffAfterTaking)]
    public async Task UploadThatBreaksOff_IsSimplyDoneAgain(int fault)
    {
        var kept = await _files.KeepAsync("a.pdf", "application/pdf", new MemoryStream([1]), default);
        _network.FailNext((Fault)fault);
        Assert.IsType<SendOutcome.Later>(await SendAsync(MetaAccounts.Message("", files: kept)));
        Assert.Empty(_network.Taken);
    }

    [Fact]
    public async Task AfterADay_TheTemplateGoes_InTheCustomersLanguage()
    {
        var message = MetaAccounts.Message("Es ist da:\n\n   Regal\t7.") with { OutsideWindow = true };
        var german = message with { Inbound = message.Inbound with { Metadata = message.Inbound.Metadata.Add(ChannelMetadata.Language, "de") } };

        Assert.IsType<SendOutcome.Accepted>(await SendAsync(german));

        var template = Assert.Single(_network.Taken).Body.GetProperty("template");
        Assert.Equal(("answer_after_a_day", "de"), (template.GetProperty("name").GetString(), template.GetProperty("language").GetProperty("code").GetString()));
        Assert.Equal("Es ist da: Regal 7.", template.GetProperty("components")[0].GetProperty("parameters")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("de", "en", "de")] // what the conversation is in counts more than what the message came with
    [InlineData(null, "de-AT", "de")]
    [InlineData("pt", "de", "en")] // approved in neither: the first
    [InlineData(null, "", "en")]
    public async Task Template_GoesInTheConversationsLanguage_ElseInTheFirst(string? conversations, string message, string sent)
    {
        var hello = MetaAccounts.Message("Hallo") with { OutsideWindow = true };
        await SendAsync(hello with
        {
            Inbound = hello.Inbound with { Metadata = hello.Inbound.Metadata.Add(ChannelMetadata.Language, message) },
            Message = hello.Message with { Language = conversations },
        });

        Assert.Equal(sent, Assert.Single(_network.Taken).Body.GetProperty("template").GetProperty("language").GetProperty("code").GetString());
    }

    [Fact]
    public void Region_CountsWhereTheTemplateHasIt() =>
        Assert.Equal(["pt_BR", "pt_PT", "pt_PT"], new[] { "pt-BR", "pt_PT", "pt" }.Select(new WhatsAppTemplate("a", ["en", "pt_PT", "pt_BR"]).LanguageFor));

    [Fact]
    public async Task WhatATemplateCantSay_FailsWithTheReason()
    {
        var tooLong = Assert.IsType<SendOutcome.Failed>(await SendAsync(MetaAccounts.Message(new string('a', 901)) with { OutsideWindow = true }));
        Assert.EndsWith("it takes 900 characters; this text has 901", tooLong.Reason, StringComparison.Ordinal);
        var file = Assert.IsType<SendOutcome.Failed>(await SendAsync(MetaAccounts.Message("Hi", files: new Attachment("a", "image/png", 1, "x")) with { OutsideWindow = true }));
        Assert.EndsWith("it takes no files", file.Reason, StringComparison.Ordinal);
        Assert.Empty(_network.Taken);
    }

    [Theory]
    [InlineData(131047, typeof(SendOutcome.Failed), "the customer last wrote more than 24 hours ago, and only a template may be sent (Meta error 131047)")]
    [InlineData(100, typeof(SendOutcome.Failed), "Meta does not take the message as it is (Meta error 100)")]
    [InlineData(987654, typeof(SendOutcome.Failed), "refused, as a test says (Meta error 987654)")]
    [InlineData(130429, typeof(SendOutcome.Later), "we send faster than WhatsApp allows (Meta error 130429)")]
    [InlineData(80007, typeof(SendOutcome.Later), "our WhatsApp account asks Meta too often (Meta error 80007)")]
    [InlineData(190, typeof(SendOutcome.Later), "the access token is not valid any more (Meta error 190); check access_token_env")]
    public async Task Refusals_SayWhatTheyMean(int code, Type outcome, string reason)
    {
        _network.RefuseNext(code);
        var came = await SendAsync(MetaAccounts.Message("Hello"));
        Assert.Equal((outcome, reason), (came.GetType(), came switch { SendOutcome.Failed failed => failed.Reason, SendOutcome.Later later => later.Reason, _ => "" }));
    }

    [Theory]
    [InlineData((int)Fault.Broken, typeof(SendOutcome.Unknown))]
    [InlineData((int)Fault.BreakOffAfterTaking, typeof(SendOutcome.Unknown))]
    [InlineData((int)Fault.Closed, typeof(SendOutcome.Later))]
    [InlineData((int)Fault.Strange, typeof(SendOutcome.Later))]
    public async Task Faults_AreToldAsTheyAre(int fault, Type outcome)
    {
        _network.FailNext((Fault)fault);
        Assert.IsType(outcome, await SendAsync(MetaAccounts.Message("Hello")));
        Assert.IsType<SendTrace.NoWayToTell>(await _account.FindAsync(MetaAccounts.Message("Hello"), default));
    }

    [Fact]
    public async Task SilenceAfterTaking_EndsAsUnknown()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _network.Requested += _ => asked.TrySetResult();
        _network.FailNext(Fault.SilentAfterTaking);

        var sending = SendAsync(MetaAccounts.Message("Hello"));
        await asked.Task;
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.StartsWith("no answer from 127.0.0.1", Assert.IsType<SendOutcome.Unknown>(await sending).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NetworkThatCantBeReached_HasSurelyNotTakenIt()
    {
        await _network.DisposeAsync();
        Assert.IsType<SendOutcome.Later>(await SendAsync(MetaAccounts.Message("Hello")));
    }

    [Fact]
    public async Task CustomersFile_IsFetchedWithOurToken()
    {
        var id = _network.KeepPrivate("image/png", "a picture"u8.ToArray());
        await using var content = await ((IMediaAccount)_account).OpenMediaAsync(new MediaReference(id, "image.png", "image/png"), default);
        using var reader = new StreamReader(content.Stream, Encoding.UTF8);
        Assert.Equal(("a picture", "image/png"), (await reader.ReadToEndAsync(), content.MediaType));
        Assert.Equal($"Bearer {SocialNetwork.AccessToken}", Assert.Single(_network.FileRequests).Authorization);
    }

    [Theory]
    [InlineData("404")]
    [InlineData("../106540352242922/messages")]
    [InlineData("")]
    public async Task FileThatIsNotThere_IsUnavailable(string id) =>
        await Assert.ThrowsAsync<MediaUnavailableException>(() => ((IMediaAccount)_account).OpenMediaAsync(new MediaReference(id, "x", "image/png"), default));

    private Task<SendOutcome> SendAsync(MessageToSend message) => _account.SendAsync(message, default);
}
