using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;

namespace CustomerService.EndToEnd.Channels;

/// <summary>The whole way of a text message and its answer, through the real program, with a phone company on the loopback.</summary>
public sealed partial class TextMessageTests : IAsyncLifetime
{
    private const string Ours = "+15550100";
    private const string Question = "What are your opening hours?";

    private readonly PhoneCompany _company = new();
    private ChannelSystem _system = null!;

    private string Account => $$"""
        shop-sms: { kind: twilio-sms, number: "{{Ours}}", media: true, account_sid: {{PhoneCompany.AccountSid}}, auth_token_env: PHONE_TOKEN, api: "{{_company.Address}}" }
        """;

    public async Task InitializeAsync() => _system = await ChannelSystem.StartAsync(Account, KeyValuePair.Create("PHONE_TOKEN", PhoneCompany.AuthToken));

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task Question_IsAnsweredByTextAndStaffSeeItArrive()
    {
        const string Customer = "+4915110000001";
        await TextAsync(Customer, Question);
        await _system.UntilSentAsync(ConversationWith(Customer), "sent");

        var answer = Assert.Single(_company.Messages);
        Assert.Equal((Customer, Ours), (answer.To, answer.From));
        await ReportAsync(answer, "delivered");
        await ReportAsync(answer, "sent");

        var page = await _system.UntilSentAsync(ConversationWith(Customer), "delivered");
        Assert.Equal([$"customer: {Question}", $"assistant: {answer.Body}"], ChannelSystem.Transcript(page));
        Assert.Equal(("sms", Customer, "shop-sms"), ((string?)page["internal"]!["channel"], (string?)page["internal"]!["address"], (string?)page["internal"]!["account"]));
    }

    [Fact]
    public async Task Undelivered_IsShownWithItsReasonAndSentAgainWhenAnAgentSaysSo()
    {
        const string Customer = "+4915110000002";
        await TextAsync(Customer, Question);
        await _system.UntilSentAsync(ConversationWith(Customer), "sent");
        await ReportAsync(Assert.Single(_company.Messages), "undelivered", 30005);

        var failed = await _system.UntilSentAsync(ConversationWith(Customer), "failed");
        Assert.False(string.IsNullOrEmpty((string?)failed["internal"]!["deliveries"]![0]!["reason"]));
        await _system.AskAsync(HttpMethod.Post, $"api/conversations/{ConversationWith(Customer)}/messages/2/resend", """{"by":"kim"}""");

        await _system.UntilSentAsync(ConversationWith(Customer), "sent");
        Assert.Equal(2, _company.Messages.Count);
        Assert.Single(_company.Messages.Select(message => message.Body).Distinct());
    }

    [Fact]
    public async Task Stop_LetsNothingOutUntilTheCustomerSaysStart()
    {
        const string Customer = "+4915110000003";
        await TextAsync(Customer, "STOP");
        await TextAsync(Customer, Question);
        var page = await _system.UntilSentAsync(ConversationWith(Customer), "failed");
        Assert.Contains("asked not to be written to", (string?)page["internal"]!["deliveries"]![0]!["reason"], StringComparison.Ordinal);
        Assert.Empty(_company.Messages);

        await TextAsync(Customer, "START");
        await TextAsync(Customer, "How do I reset my password?");

        await _system.UntilAsync(ConversationWith(Customer), "answered after START", each => ChannelSystem.Statuses(each).LastOrDefault() == "sent");
        Assert.All(_company.Messages, message => Assert.Equal(Customer, message.To));
        Assert.NotEmpty(_company.Messages);
    }

    [Fact]
    public async Task Picture_IsFetchedFromTheCompanyAndKept()
    {
        const string Customer = "+4915110000004";
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[2_000]];

        await TextAsync(Customer, "My kettle looks like this", (_company.Keep("image/png", picture), "image/png"));
        await _system.UntilAsync(ConversationWith(Customer), "answered", page => ChannelSystem.Statuses(page).Contains("sent"));

        var kept = Assert.Single(Directory.GetFiles(Path.Combine(_system.Data, "attachments"), "*", SearchOption.AllDirectories));
        Assert.Equal(picture, await File.ReadAllBytesAsync(kept));
        Assert.StartsWith("Basic ", Assert.Single(_company.MediaRequests).Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompanyInTrouble_EachAnswerIsVisibleOnce()
    {
        string[] customers = ["+4915110000011", "+4915110000012", "+4915110000013", "+4915110000014"];
        _company.FailNext(PhoneCompany.Fault.Busy, PhoneCompany.Fault.Broken, PhoneCompany.Fault.SilentAfterTaking, PhoneCompany.Fault.BreakOffAfterTaking);

        await Task.WhenAll(customers.Select(customer => TextAsync(customer, Question)));
        await Task.WhenAll(customers.Select(customer => _system.UntilSentAsync(ConversationWith(customer), "sent")));

        Assert.Equal(customers, _company.Messages.Select(message => message.To).Order());
    }

    [Fact]
    public async Task KilledBetweenTheCompanysAcceptanceAndOurTick_TheAnswerIsVisibleOnce()
    {
        const string Customer = "+4915110000005";
        var taken = new TaskCompletionSource();
        _company.Requested += what => taken.TrySetResult();
        _company.FailNext(PhoneCompany.Fault.SilentAfterTaking);
        await TextAsync(Customer, Question);
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await _system.KillAndRestartAsync();

        await _system.UntilSentAsync(ConversationWith(Customer), "sent");
        Assert.Equal(Customer, Assert.Single(_company.Messages).To);
        await ReportAsync(_company.Messages[0], "delivered");
        await _system.UntilSentAsync(ConversationWith(Customer), "delivered");
    }

    [Fact]
    public async Task KilledBeforeTheCompanyTookIt_TheAnswerStillComesOnce()
    {
        const string Customer = "+4915110000006";
        var asked = new TaskCompletionSource();
        _company.Requested += what => asked.TrySetResult();
        _company.FailNext(PhoneCompany.Fault.Broken);
        await TextAsync(Customer, Question);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await _system.KillAndRestartAsync();

        await _system.UntilSentAsync(ConversationWith(Customer), "sent");
        Assert.Single(_company.Messages);
    }

    [Fact]
    public async Task AgentsReply_GoesOutAsAText()
    {
        const string Customer = "+4915110000007";
        await TextAsync(Customer, "I am furious! This is the third time you sent me a broken kettle. I want to complain, this is unacceptable!");
        var waiting = await _system.UntilAsync(ConversationWith(Customer), "queued", page => (string?)page["standing"]!["status"] == "queued");
        await _system.AskAsync(HttpMethod.Put, "api/agents/kim", $$"""{"name":"Kim","queues":["{{waiting["internal"]!["queue"]}}"],"skills":[],"capacity":3}""");
        await _system.AskAsync(HttpMethod.Post, "api/agents/kim/presence", """{"presence":"available"}""");
        await _system.UntilAsync(ConversationWith(Customer), "offered", page => (page["internal"]!["offeredTo"]?.AsArray().Count ?? 0) > 0);
        var offer = (await _system.AskAsync(HttpMethod.Get, "api/agents/kim"))["offers"]![0]!["offerId"];
        await _system.AskAsync(HttpMethod.Post, $"api/agents/kim/offers/{offer}/accept");
        await _system.UntilAsync(ConversationWith(Customer), "taken", page => (string?)page["internal"]!["agentId"] == "kim");

        await _system.AskAsync(HttpMethod.Post, $"api/conversations/{ConversationWith(Customer)}/replies", """{"agentId":"kim","messageId":"r1","text":"I am so sorry. A new kettle is on its way."}""");

        await _system.UntilAsync(ConversationWith(Customer), "all sent", page => ChannelSystem.Statuses(page).Count() > 1 && ChannelSystem.Statuses(page).All(status => status == "sent"));
        Assert.Equal("I am so sorry. A new kettle is on its way.", _company.Messages[^1].Body);

        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[2_000]];
        var ticket = await _system.UploadAsync("kettle.png", "image/png", picture);
        await _system.AskAsync(
            HttpMethod.Post, $"api/conversations/{ConversationWith(Customer)}/replies", $$"""{"agentId":"kim","messageId":"r2","text":"It looks like this.","attachments":["{{ticket}}"]}""");

        await _system.UntilAsync(ConversationWith(Customer), "the picture too", page => ChannelSystem.Statuses(page).Count() > 2 && ChannelSystem.Statuses(page).All(status => status == "sent"));
        var sent = Assert.Single(_company.Messages[^1].Media);
        Assert.Equal("image/png", sent.MediaType);
        Assert.Equal(picture, sent.Bytes);
    }

    [Fact]
    public async Task BadEdit_IsReportedAndKeepsTheAccounts_AndAGoodOneOpensMore()
    {
        await _system.WriteAccountsAsync($"{Account}\nshop-two: {{ kind: twilio-smss, number: 12 }}");
        var report = await _system.Program.WaitForLineAsync(BadEdit());
        Assert.Contains("channels.yaml:4:21: error: there is no kind of account called 'twilio-smss'. Fix: did you mean 'twilio-sms'?", report, StringComparison.Ordinal);
        await TextAsync("+4915110000008", Question);
        await _system.UntilSentAsync(ConversationWith("+4915110000008"), "sent");
        using (var none = await _company.PostAsync(_system.Webhook("shop-two"), _company.Sms("+4915110000009", Ours, Question)))
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await _system.WriteAccountsAsync($"{Account}\n{Account.Replace("shop-sms", "shop-two", StringComparison.Ordinal)}");
        await _system.Program.WaitForLineAsync(InForce());

        using var taken = await _company.PostAsync(_system.Webhook("shop-two"), _company.Sms("+4915110000009", Ours, Question));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await _system.UntilSentAsync(ConversationIds.Between(ChannelNames.Sms, "shop-two", "+4915110000009"), "sent");
    }

    private static string ConversationWith(string customer) => ConversationIds.Between(ChannelNames.Sms, "shop-sms", customer);

    private async Task TextAsync(string from, string text, params (Uri Url, string MediaType)[] media)
    {
        using var answer = await _company.PostAsync(_system.Webhook("shop-sms"), _company.Sms(from, Ours, text, media));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode}\n{_system.Program.Output}");
    }

    private async Task ReportAsync(PhoneMessage message, string status, int? error = null)
    {
        using var answer = await _company.PostAsync(new Uri(message.StatusCallback!), PhoneCompany.Status(message, status, error));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex(@"channels\.yaml can't be used as it is now")]
    private static partial Regex BadEdit();

    [GeneratedRegex(@"channels\.yaml was read again and is in force")]
    private static partial Regex InForce();
}
