using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CustomerService.EndToEnd;

/// <summary>Our tools for another program, through the real program: over HTTP and on standard input and output.</summary>
public sealed class McpTests : IAsyncLifetime
{
    private const string Key = "the-key-of-the-copilot-0123456789";
    private readonly TestFolder _folder = new();
    private readonly int _port = SiloProgram.FreePort();
    private HttpClient _http = null!;
    private SiloProgram _program = null!;

    private string Content => Path.Combine(_folder.Path, "content");

    public async Task InitializeAsync()
    {
        TestFolder.CopyContent(Content);
        await File.WriteAllTextAsync(Path.Combine(Content, "mcp.yaml"), Settings);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "shop.json"), Shop);
        await using (var import = SiloProgram.Start(["import-orders", Path.Combine(_folder.Path, "shop.json"), "--data", _folder.Path]))
            Assert.True(await import.ExitAsync() == 0, import.Output);
        _program = SiloProgram.Start(
            [KeyValuePair.Create("CUSTOMERSERVICE_MCP_COPILOT", Key)],
            "run", "--data", _folder.Path, "--content", Content, "--listen", $"http://127.0.0.1:{_port}", "--metrics-port", "0");
        await _program.WaitForLineAsync(SiloProgram.ReadyLine());
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Change_IsPutBeforeTheCustomer_AndDoneOnTheirYesOnly()
    {
        var customer = await ProvenAsync("mcp-change");
        await using var client = await ConnectAsync();

        Assert.Equal("pending", Result(await CallAsync(client, customer, "get_order", ("order_id", "#W2000002"))).GetProperty("status").GetString());
        Assert.Equal("not_found", Code(await CallAsync(client, customer, "get_order", ("order_id", "#W3000003"))));
        Assert.Equal("unknown_tool", Code(await CallAsync(client, customer, "get_profile")));

        var before = (await customer.ReadAsync())["messages"]!.AsArray().Count;
        var asked = await CallAsync(client, customer, "cancel_order", ("order_id", "#W2000002"), ("reason", "no longer needed"));
        Assert.Equal(("confirmation_needed", true), (Code(asked), Body(asked).GetProperty("asked").GetBoolean()));
        var change = Body(asked).GetProperty("change").GetString()!;
        Assert.Equal("waiting", await StateAsync(client, customer, change));
        var question = (await customer.ReadAsync())["messages"]!.AsArray();
        Assert.Equal(before + 1, question.Count);
        Assert.Contains("#W2000002", (string?)question[^1]!["text"], StringComparison.Ordinal);

        // Asked twice, the customer still reads one question.
        Assert.True(Body(await CallAsync(client, customer, "cancel_order", ("order_id", "#W2000002"), ("reason", "no longer needed"))).GetProperty("asked").GetBoolean());
        Assert.Equal(before + 1, (await customer.ReadAsync())["messages"]!.AsArray().Count);
        Assert.Equal("pending", Result(await CallAsync(client, customer, "get_order", ("order_id", "#W2000002"))).GetProperty("status").GetString());

        await customer.TrySendAsync("yes", "Yes, please");
        await customer.ReplyToAsync("yes");

        Assert.Equal("done", await StateAsync(client, customer, change));
        Assert.Equal("cancelled", Result(await CallAsync(client, customer, "get_order", ("order_id", "#W2000002"))).GetProperty("status").GetString());
        var again = await CallAsync(client, customer, "cancel_order", ("order_id", "#W2000002"), ("reason", "no longer needed"));
        Assert.Equal("not_possible", Code(again)); // no yes would help: it is cancelled already
    }

    [Fact]
    public async Task Change_ThatTheCustomerDeclines_IsNotDone_AndWithoutProofNothingIsTold()
    {
        var customer = await ProvenAsync("mcp-declined");
        await using var client = await ConnectAsync();
        var change = Body(await CallAsync(client, customer, "change_my_address", ("address1", "9 Long Lane"), ("city", "Boise"), ("state", "ID"), ("country", "USA"), ("zip", "83702"))).GetProperty("change").GetString()!;

        await customer.TrySendAsync("no", "No!");
        await customer.ReplyToAsync("no");

        Assert.Equal("not_done", await StateAsync(client, customer, change));
        await customer.TrySendAsync("stop", "No, stop, forget it");
        await customer.ReplyToAsync("stop");
        var other = Body(await CallAsync(client, customer, "change_my_address", ("address1", "7 Oak Street"), ("city", "Boise"), ("state", "ID"), ("country", "USA"), ("zip", "83702"))).GetProperty("change").GetString()!;
        await customer.TrySendAsync("yes", "yes");
        await customer.ReplyToAsync("yes");
        Assert.Equal("done", await StateAsync(client, customer, other));
        Assert.Equal("not_done", await StateAsync(client, customer, change));
        var stranger = await ChatClient.OpenAsync(_http, "mcp-stranger");
        await stranger.TrySendAsync("hello", "What are your opening hours?");
        await stranger.ReplyToAsync("hello");
        Assert.Equal("identity_needed", Code(await CallAsync(client, stranger, "get_order", ("order_id", "#W2000002"))));
    }

    [Fact]
    public async Task StandardInputAndOutput_ServeTheSame_AndHandOver()
    {
        var customer = await ProvenAsync("mcp-stdio");
        await using var client = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "CustomerService.Silo.dll"), "mcp", "serve", "--client", "copilot", "--data", _folder.Path, "--content", Content, "--conversation", customer.Conversation],
            EnvironmentVariables = new Dictionary<string, string?> { ["CUSTOMERSERVICE_MCP_COPILOT"] = Key },
        }));

        Assert.Contains("get_order", (await client.ListToolsAsync()).Select(tool => tool.Name));
        var order = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["order_id"] = "#W2000002" });
        Assert.Equal("#W2000002", Result(order).GetProperty("order_id").GetString());

        var handed = await client.CallToolAsync("transfer_to_human", new Dictionary<string, object?> { ["summary"] = "The chair wobbles." });
        Assert.Equal("done", Code(handed));
        Assert.Equal("queued", (string?)(await customer.ReadAsync())["standing"]!["status"]);
    }

    [Fact]
    public async Task Token_NamesOneConversation()
    {
        var customer = await ProvenAsync("mcp-token");
        await using var made = SiloProgram.Start("mcp", "token", customer.Conversation, "--client", "bot", "--data", _folder.Path, "--content", Content);
        Assert.True(await made.ExitAsync() == 0, made.Output);
        var key = (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "keys", "mcp-bot"))).Trim();
        await using var client = await ConnectAsync(key);

        var byToken = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = made.Output.Trim(), ["order_id"] = "#W2000002" });
        var byId = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = customer.Conversation, ["order_id"] = "#W2000002" });

        Assert.Equal(("done", "no_conversation"), (Code(byToken), Code(byId)));
        await using var shown = SiloProgram.Start("conversations", "show", customer.Conversation, "--data", _folder.Path);
        Assert.True(await shown.ExitAsync() == 0, shown.Output);
        Assert.Single(shown.Output.Split('\n'), line => line.EndsWith("mcp:bot called get_order: done", StringComparison.Ordinal));
    }

    private async Task<ChatClient> ProvenAsync(string conversation)
    {
        var customer = await ChatClient.OpenAsync(_http, conversation);
        await customer.TrySendAsync("m1", "Where is my order #W2000002?");
        await customer.ReplyToAsync("m1");
        await customer.TrySendAsync("m2", "ada.brook@example.com, zip 12345");
        await customer.ReplyToAsync("m2");
        return customer;
    }

    private Task<McpClient> ConnectAsync(string key = Key) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(_http.BaseAddress!, "mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key },
    }));

    private static async Task<CallToolResult> CallAsync(McpClient client, ChatClient customer, string tool, params (string Name, object? Value)[] arguments)
    {
        var given = new Dictionary<string, object?> { ["conversation"] = customer.Conversation };
        foreach (var (name, value) in arguments)
            given[name] = value;
        return await client.CallToolAsync(tool, given);
    }

    private static async Task<string> StateAsync(McpClient client, ChatClient customer, string change) =>
        Result(await CallAsync(client, customer, "change_outcome", ("change", change))).GetProperty("state").GetString()!;

    private static JsonElement Body(CallToolResult result) => result.StructuredContent!.Value;

    private static JsonElement Result(CallToolResult result) => Body(result).GetProperty("result");

    private static string Code(CallToolResult result) => Body(result).TryGetProperty("code", out var code) ? code.GetString()! : "done";

    private const string Settings = """
        clients:
          - name: copilot
            key_env: CUSTOMERSERVICE_MCP_COPILOT
            scopes: [orders:read, orders:write, profile:write, conversation:handoff]
            conversations: any
          - name: bot
            scopes: [orders:read]
        """;

    private const string Shop = """
        {
          "products": {},
          "users": {
            "ada_brook_1": {
              "user_id": "ada_brook_1", "name": { "first_name": "Ada", "last_name": "Brook" },
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Albany", "country": "USA", "state": "NY", "zip": "12345" },
              "email": "ada.brook@example.com",
              "payment_methods": { "card_1": { "source": "credit_card", "id": "card_1", "brand": "visa", "last_four": "1234" } },
              "orders": ["#W2000002"]
            },
            "omar_diaz_2": {
              "user_id": "omar_diaz_2", "name": { "first_name": "Omar", "last_name": "Diaz" },
              "address": { "address1": "2 Low Street", "address2": "", "city": "Dallas", "country": "USA", "state": "TX", "zip": "75277" },
              "email": "omar@example.com", "payment_methods": {}, "orders": ["#W3000003"]
            }
          },
          "orders": {
            "#W2000002": {
              "order_id": "#W2000002", "user_id": "ada_brook_1",
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Albany", "country": "USA", "state": "NY", "zip": "12345" },
              "items": [ { "name": "Office Chair", "product_id": "200", "item_id": "201", "price": 488.81, "options": { "colour": "black" } } ],
              "status": "pending", "fulfillments": [],
              "payment_history": [ { "transaction_type": "payment", "amount": 488.81, "payment_method_id": "card_1" } ]
            },
            "#W3000003": {
              "order_id": "#W3000003", "user_id": "omar_diaz_2",
              "address": { "address1": "2 Low Street", "address2": "", "city": "Dallas", "country": "USA", "state": "TX", "zip": "75277" },
              "items": [ { "name": "Kettle", "product_id": "400", "item_id": "401", "price": 158.9, "options": {} } ],
              "status": "pending", "fulfillments": [], "payment_history": []
            }
          }
        }
        """;
}
