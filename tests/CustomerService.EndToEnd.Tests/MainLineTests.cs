using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace CustomerService.EndToEnd;

/// <summary>What the product exists for, through the real program.</summary>
public sealed class MainLineTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly int _port = SiloProgram.FreePort();
    private HttpClient _http = null!;
    private SiloProgram _program = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "shop.json"), Shop);
        await using (var import = SiloProgram.Start(["import-orders", Path.Combine(_folder.Path, "shop.json"), "--data", _folder.Path]))
            Assert.True(await import.ExitAsync() == 0, import.Output);
        _program = await SiloProgram.RunAsync(_folder.Path, _port);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task RoutineQuestion_IsAnsweredFromAnArticle()
    {
        var customer = await ChatClient.OpenAsync(_http, "routine");
        var accepted = await customer.TrySendAsync("q", "What are your opening hours?");

        Assert.Equal(1, (long)accepted!["sequence"]!);
        var reply = await customer.ReplyToAsync("q");
        Assert.Equal("assistant", (string?)reply["author"]);
        Assert.NotEmpty(reply["sources"]!.AsArray());
        Assert.Equal("assistant", (string?)(await customer.ReadAsync())["standing"]!["status"]);
    }

    [Fact]
    public async Task OrderQuestion_IsAnsweredOnlyAfterProofAndOnlyAboutTheOwnOrder()
    {
        var customer = await ChatClient.OpenAsync(_http, "order");

        await customer.TrySendAsync("m1", "Where is my order #W1000001?");
        Assert.DoesNotContain("delivered", Text(await customer.ReplyToAsync("m1")), StringComparison.OrdinalIgnoreCase);

        await customer.TrySendAsync("m2", "ada.brook@example.com 99999");
        Assert.DoesNotContain("delivered", Text(await customer.ReplyToAsync("m2")), StringComparison.OrdinalIgnoreCase);

        await customer.TrySendAsync("m3", "Sorry, I meant ada.brook@example.com, zip 12345");
        Assert.Contains("delivered", Text(await customer.ReplyToAsync("m3")), StringComparison.OrdinalIgnoreCase);

        await customer.TrySendAsync("m4", "And where is order #W1000002?");
        var other = Text(await customer.ReplyToAsync("m4"));
        Assert.DoesNotContain("pending", other, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("prepared", other, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("can't find #W1000002 among your orders", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AngryComplaint_GoesToAPersonWhoAnswersAndResolves()
    {
        using var agent = Agent();
        var customer = await ChatClient.OpenAsync(_http, "angry");
        await customer.TrySendAsync("c1", "I am furious! This is the third time you sent me a broken kettle. I want to complain, this is unacceptable!");
        await customer.ReplyToAsync("c1");
        var waiting = await customer.ReadAsync();
        Assert.Equal("queued", (string?)waiting["standing"]!["status"]);
        var queue = (string)JsonNode.Parse(await agent.GetStringAsync("api/conversations/angry"))!["internal"]!["queue"]!;

        await Ok(agent.PutAsync("api/agents/kim", Json($$"""{"name":"Kim","queues":["{{queue}}"],"skills":[],"capacity":3}""")));
        await Ok(agent.PostAsync("api/agents/kim/presence", Json("""{"presence":"available"}""")));
        string? offer = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (offer is null)
        {
            patience.Token.ThrowIfCancellationRequested();
            var desk = JsonNode.Parse(await agent.GetStringAsync("api/agents/kim"))!;
            offer = (string?)desk["offers"]!.AsArray().FirstOrDefault()?["offerId"];
        }

        await Ok(agent.PostAsync($"api/agents/kim/offers/{offer}/accept", null));
        HttpResponseMessage answered;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            answered = await agent.PostAsync("api/conversations/angry/replies", Json("""{"agentId":"kim","messageId":"r1","text":"I am so sorry. A new kettle is on its way."}"""));
        }
        while (answered.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Forbidden);
        Assert.True(answered.IsSuccessStatusCode, await answered.Content.ReadAsStringAsync());

        var transcript = (await customer.ReadAsync())["messages"]!.AsArray();
        Assert.Equal("agent", (string?)transcript[^1]!["author"]);
        await Ok(agent.PostAsync("api/conversations/angry/resolve", Json("""{"agentId":"kim"}""")));
        Assert.Equal("resolved", (string?)(await customer.ReadAsync())["standing"]!["status"]);

        await using var explain = SiloProgram.Start(["conversations", "explain", "angry", "--data", _folder.Path]);
        Assert.Equal(0, await explain.ExitAsync());
        foreach (var words in (string[])["Why a person", $"to {queue} with priority", "offered to kim: accepted", "kim took it", "resolved by kim"])
            Assert.Contains(words, explain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgentsCorrection_BecomesAnExampleOnceAnOwnerAcceptsIt()
    {
        using var agent = Agent();
        var customer = await ChatClient.OpenAsync(_http, "corrected");
        await customer.TrySendAsync("k1", "my thingy is acting up, sort it");
        await customer.ReplyToAsync("k1");
        await Ok(agent.PostAsync("api/conversations/corrected/messages/1/correction", Json("""{"by":"ada","intent":"technical_issue"}""")));
        await Ok(agent.PostAsync("api/conversations/corrected/messages/1/correction", Json("""{"by":"sue","intent":"warranty"}""")));
        var wrong = await agent.PostAsync("api/conversations/corrected/messages/2/correction", Json("""{"by":"ada","intent":"warranty"}"""));
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);

        var list = await SaysAsync("examples", "list");
        var cautious = await SaysAsync("examples", "accept", "--all");
        var accepted = await SaysAsync("examples", "accept", "corrected/1");
        var file = Path.Combine(_folder.Path, "accepted.jsonl");
        await SaysAsync("examples", "export", "--out", file);

        Assert.Contains("→ warranty (en), by ada, sue  DISPUTED: ada says technical_issue, sue says warranty", list, StringComparison.Ordinal);
        Assert.Contains("0 accepted, 1 left", cautious, StringComparison.Ordinal);
        Assert.Contains("1 accepted, 0 left", accepted, StringComparison.Ordinal);
        Assert.Contains("nothing to review", await SaysAsync("examples", "list"), StringComparison.Ordinal);
        Assert.Equal("""{"text":"my thingy is acting up, sort it","intent":"warranty","language":"en","source":"corrected/1"}""", Assert.Single(await File.ReadAllLinesAsync(file)));
    }

    private async Task<string> SaysAsync(params string[] command)
    {
        await using var program = SiloProgram.Start([.. command, "--data", _folder.Path]);
        Assert.True(await program.ExitAsync() == 0, program.Output);
        return program.Output;
    }

    [Fact]
    public async Task GoldCustomer_GoesToASpecialistEvenWithARoutineQuestion()
    {
        using var agent = Agent();
        var customer = await ChatClient.OpenAsync(_http, "gold");
        await Ok(agent.PutAsync("api/customers/ada", Json("""{"name":"Ada","tier":"gold"}""")));
        await Ok(agent.PutAsync($"api/customers/ada/addresses/chat/{customer.Visitor}", null));

        await customer.TrySendAsync("g", "What are your opening hours?");
        await customer.ReplyToAsync("g");

        Assert.Equal("specialist", (string?)JsonNode.Parse(await agent.GetStringAsync("api/conversations/gold"))!["internal"]!["queue"]);
    }

    [Fact]
    public async Task TemplateInAMessage_IsText()
    {
        var customer = await ChatClient.OpenAsync(_http, "injection");
        const string Text = "{{ inputs.customer_id }} {{ 7 * 6 }} What are your opening hours?";
        await customer.TrySendAsync("i", Text);

        var reply = await customer.ReplyToAsync("i");

        Assert.DoesNotContain("42", MainLineTests.Text(reply), StringComparison.Ordinal);
        Assert.Equal(Text, (string?)(await customer.ReadAsync())["messages"]![0]!["text"]);
    }

    [Fact]
    public async Task Restart_KeepsEverythingAndCommandsShowIt()
    {
        var customer = await ChatClient.OpenAsync(_http, "kept");
        await customer.TrySendAsync("k", "How do I reset my password?");
        await customer.ReplyToAsync("k");

        Assert.Equal(0, await _program.TerminateAsync());
        await using (var show = SiloProgram.Start(["conversations", "show", "kept", "--data", _folder.Path]))
        {
            Assert.Equal(0, await show.ExitAsync());
            Assert.Contains("How do I reset my password?", show.Output, StringComparison.Ordinal);
            Assert.Contains("intent_classification", show.Output, StringComparison.Ordinal);
        }

        await using (var tail = SiloProgram.Start(["journal", "tail", "--data", _folder.Path]))
        {
            Assert.Equal(0, await tail.ExitAsync());
            Assert.Contains("conversation/kept", tail.Output, StringComparison.Ordinal);
        }

        await _program.DisposeAsync();
        _program = await SiloProgram.RunAsync(_folder.Path, _port);
        var again = await customer.TrySendAsync("k", "How do I reset my password?");
        Assert.True((bool)again!["duplicate"]!);
        Assert.Equal(2, (await customer.ReadAsync())["messages"]!.AsArray().Count);
    }

    /// <summary>An agent's program, with the token that the system made.</summary>
    private HttpClient Agent()
    {
        var token = File.ReadAllText(Directory.GetFiles(_folder.Path, "agent-token", SearchOption.AllDirectories).Single()).Trim();
        var agent = new HttpClient { BaseAddress = _http.BaseAddress };
        agent.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return agent;
    }

    private static string Text(JsonObject message) => (string)message["text"]!;

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private static async Task Ok(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    // Our own small shop, in the shape that import-orders reads.
    private const string Shop = """
        {
          "products": { "100": { "name": "Kettle", "product_id": "100", "variants": { "1001": { "item_id": "1001", "options": { "color": "red" }, "available": true, "price": 39.5 } } } },
          "users": {
            "ada_brook_1": { "user_id": "ada_brook_1", "name": { "first_name": "Ada", "last_name": "Brook" }, "address": { "address1": "1 Mill Lane", "address2": "", "city": "Ely", "country": "USA", "state": "NY", "zip": "12345" }, "email": "ada.brook@example.com", "payment_methods": {}, "orders": ["#W1000001"] },
            "ben_stone_2": { "user_id": "ben_stone_2", "name": { "first_name": "Ben", "last_name": "Stone" }, "address": { "address1": "2 Hill Road", "address2": "", "city": "Ely", "country": "USA", "state": "NY", "zip": "54321" }, "email": "ben.stone@example.com", "payment_methods": {}, "orders": ["#W1000002"] }
          },
          "orders": {
            "#W1000001": { "order_id": "#W1000001", "user_id": "ada_brook_1", "address": { "address1": "1 Mill Lane", "address2": "", "city": "Ely", "country": "USA", "state": "NY", "zip": "12345" }, "items": [ { "name": "Kettle", "product_id": "100", "item_id": "1001", "price": 39.5, "options": { "color": "red" } } ], "status": "delivered", "fulfillments": [ { "tracking_id": ["900000000001"], "item_ids": ["1001"] } ], "payment_history": [] },
            "#W1000002": { "order_id": "#W1000002", "user_id": "ben_stone_2", "address": { "address1": "2 Hill Road", "address2": "", "city": "Ely", "country": "USA", "state": "NY", "zip": "54321" }, "items": [ { "name": "Kettle", "product_id": "100", "item_id": "1001", "price": 39.5, "options": { "color": "red" } } ], "status": "pending", "fulfillments": [], "payment_history": [] }
          }
        }
        """;
}
