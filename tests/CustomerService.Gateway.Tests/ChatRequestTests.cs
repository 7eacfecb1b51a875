using System.Net;
using System.Net.Http.Json;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class ChatRequestTests
{
    [Fact]
    public async Task A_session_is_a_token_for_a_new_visitor()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var first = await gateway.BeginSessionAsync();
        var second = await gateway.BeginSessionAsync();

        Assert.Matches("^[0-9a-f]{32}$", first.Visitor);
        Assert.Matches("^[A-Za-z0-9_-]+$", first.Token);
        Assert.NotEqual(first.Visitor, second.Visitor);
        Assert.InRange(first.ExpiresAt, TimeProvider.System.GetUtcNow().AddDays(29), TimeProvider.System.GetUtcNow().AddDays(31));
    }

    [Fact]
    public async Task A_message_is_accepted_and_answered()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;

        var accepted = await gateway.SayAsync(token, "Where is my order?", "c-1", "m-1");
        var messages = await gateway.MessagesAsync(token, "c-1", 2);

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal("""{"conversationId":"c-1","messageId":"m-1","sequence":1,"duplicate":false}""", accepted.Text);
        Assert.Equal(["customer", "assistant"], messages.Select(message => message!["author"]!.GetValue<string>()));
        Assert.Equal("You said: Where is my order?", messages[1]!["text"]!.GetValue<string>());
        Assert.Equal("m-1", messages[1]!["inReplyTo"]!.GetValue<string>());
        Assert.Equal("sent", messages[1]!["status"]!.GetValue<string>());
        Assert.Null(messages[0]!["status"]);
    }

    [Fact]
    public async Task Without_a_token_a_session_is_begun_and_its_token_can_read_the_conversation()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var accepted = (await gateway.SayAsync(null, "Hello")).Json;
        var token = accepted["token"]!.GetValue<string>();
        var conversation = accepted["conversationId"]!.GetValue<string>();

        Assert.Matches("^c-[0-9a-f]{32}$", conversation);
        Assert.Matches("^m-[0-9a-f]{32}$", accepted["messageId"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadAsync(token, conversation)).Status);
    }

    [Fact]
    public async Task The_same_message_again_gets_the_same_sequence_and_is_answered_once()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;

        await gateway.SayAsync(token, "Hello", "c-1", "m-1");
        var again = (await gateway.SayAsync(token, "Hello", "c-1", "m-1")).Json;
        await gateway.SayAsync(token, "Bye", "c-1", "m-2");
        var messages = await gateway.MessagesAsync(token, "c-1", 4);

        Assert.Equal(1, again["sequence"]!.GetValue<int>());
        Assert.True(again["duplicate"]!.GetValue<bool>());
        Assert.Equal(4, messages.Count);
        Assert.Equal(Enumerable.Range(1, 4), messages.Select(message => message!["sequence"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Somebody_elses_conversation_is_refused_and_nothing_is_told_about_it()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var mine = (await gateway.BeginSessionAsync()).Token;
        var theirs = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(theirs, "A secret", "c-theirs");

        var write = await gateway.SayAsync(mine, "Hello", "c-theirs");
        var writeWithoutToken = await gateway.SayAsync(null, "Hello", "c-theirs");
        var read = await gateway.ReadAsync(mine, "c-theirs");
        var readNone = await gateway.ReadAsync(mine, "c-none");

        write.ShouldBe(403, "not_your_conversation");
        Assert.Equal(write.Text, writeWithoutToken.Text);
        read.ShouldBe(404, "no_such_conversation");
        Assert.Equal(readNone.Text, read.Text);
        Assert.DoesNotContain("c-theirs", write.Text + read.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pt;q=1, fr-CA;q=0.8, en;q=0.5", null, "fr")]
    [InlineData("de", "ja", "ja")]
    [InlineData("pt", null, null)]
    [InlineData("", null, null)]
    public async Task The_language_that_a_visitor_reads_stays_with_the_message(string accepted, string? said, string? kept)
    {
        IReadOnlyDictionary<string, string>? metadata = null;
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld
        {
            Script = context =>
            {
                metadata = context.Message.ChannelMetadata;
                return Task.FromResult(Outcomes.Answer("Yes."));
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat/messages")
        {
            Content = JsonContent.Create(new { conversationId = "c-1", text = "ok", metadata = said is null ? [] : new Dictionary<string, string> { ["language"] = said } }),
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        var token = (await gateway.SendAsync(request)).Json["token"]!.GetValue<string>();
        await gateway.ReadAsync(token, "c-1", "?after=1&wait=20");

        Assert.Equal(kept, metadata?.GetValueOrDefault("language"));
    }

    [Theory]
    [InlineData(100_000, 202)]
    [InlineData(100_001, 413)]
    public async Task A_text_has_at_most_100000_characters(int length, int status)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var text = string.Concat(Enumerable.Repeat("問", length)); // Three bytes each, six as the test's JSON escapes them.

        var answer = await gateway.SayAsync(null, text, "c-1");

        Assert.Equal(status, (int)answer.Status);
        if (status == 202)
            Assert.Equal(text, (await gateway.ReadAsync(answer.Json["token"]!.GetValue<string>(), "c-1")).Json["messages"]![0]!["text"]!.GetValue<string>());
        else
            answer.ShouldBe(413, "message_too_long");
    }

    [Fact]
    public async Task Markup_and_templates_stay_text()
    {
        const string nasty = "<script>alert('x')</script> {{ context.secret }} ${7*7} \u202e \u2028 \" \\ 👩‍👩‍👧";
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;

        await gateway.SayAsync(token, nasty, "c-1");
        var messages = await gateway.MessagesAsync(token, "c-1", 2);

        Assert.Equal(nasty, messages[0]!["text"]!.GetValue<string>());
        Assert.DoesNotContain("<script>", (await gateway.ReadAsync(token, "c-1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_senders_at_once_lose_nothing_and_keep_their_own_order()
    {
        const int senders = 20, each = 10;
        await using var gateway = await RunningGateway.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, senders).Select(async sender =>
        {
            var token = (await gateway.BeginSessionAsync()).Token;
            var conversation = $"c-{sender}";
            for (var number = 0; number < each; number++)
                Assert.Equal(HttpStatusCode.Accepted, (await gateway.SayAsync(token, $"{sender}.{number}", conversation, $"m-{number}")).Status);
            var messages = await gateway.MessagesAsync(token, conversation, 2 * each);
            Assert.Equal(
                Enumerable.Range(0, each).Select(number => $"{sender}.{number}"),
                messages.Where(message => message!["author"]!.GetValue<string>() == "customer").Select(message => message!["text"]!.GetValue<string>()));
        }));
    }

    [Fact]
    public async Task Agents_do_not_write_as_customers()
    {
        await using var gateway = await RunningGateway.StartAsync();

        (await gateway.SayAsync(RunningGateway.AgentToken, "Hello")).ShouldBe(403, "forbidden");
    }
}
