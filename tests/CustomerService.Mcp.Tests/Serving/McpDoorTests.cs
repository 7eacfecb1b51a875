using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerService.Mcp.Settings;
using CustomerService.Mcp.Tests.Support;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CustomerService.Mcp.Tests.Serving;

/// <summary>The door as the SDK's own client sees it.</summary>
public sealed class McpDoorTests
{
    [Fact]
    public async Task Tools_AreThoseOfTheGrantedScopes_WithTheirSchemas()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:read", "orders:write"));
        await using var client = await desk.ConnectAsync();

        var tools = (await client.ListToolsAsync()).ToDictionary(tool => tool.Name);

        Assert.Equal(["cancel_order", "change_outcome", "get_order"], tools.Keys.Order());
        Assert.True(tools["get_order"].ProtocolTool.Annotations!.ReadOnlyHint);
        Assert.True(tools["cancel_order"].ProtocolTool.Annotations!.DestructiveHint);
        var schema = tools["cancel_order"].JsonSchema;
        Assert.Equal("""["conversation","order_id"]""", schema.GetProperty("required").GetRawText());
        Assert.Equal("""["#W1","#W2"]""", schema.GetProperty("properties").GetProperty("order_id").GetProperty("enum").GetRawText());
        Assert.Equal("array", schema.GetProperty("properties").GetProperty("items").GetProperty("type").GetString());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Theory]
    [InlineData("orders:read", "get_order", "done")]
    [InlineData("orders:read", "cancel_order", "unknown_tool")]
    [InlineData("orders:read", "change_outcome", "unknown_tool")]
    [InlineData("products:read", "get_order", "unknown_tool")]
    [InlineData("orders:write", "cancel_order", "confirmation_needed")]
    [InlineData("orders:write", "get_order", "unknown_tool")]
    [InlineData("orders:read", "no_such_tool", "unknown_tool")]
    public async Task Scope_DecidesWhatMayBeCalled(string scope, string tool, string code)
    {
        await using var desk = await Desk.StartAsync(Desk.Client(scope));
        await using var client = await desk.ConnectAsync();

        var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1" });

        Assert.Equal((code, code != "done"), (Code(result), result.IsError ?? false));
    }

    [Fact]
    public async Task Customer_IsTheConversations_AndNoneThatTheClientNames()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:read"));
        await using var client = await desk.ConnectAsync();

        var done = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1" });
        var named = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1", ["customer_id"] = "omar_diaz_2" });
        var unproven = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = Desk.Unproven, ["order_id"] = "#W1" });

        Assert.Equal(Desk.Lena, Body(done).GetProperty("result").GetProperty("of").GetString());
        Assert.Equal("bad_arguments", Code(named));
        Assert.Equal("identity_needed", Code(unproven));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c-nowhere")]
    [InlineData(7)]
    public async Task Conversation_IsNeededWhereTheToolIsAboutSomebody(object? conversation)
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:read", "products:read"));
        await using var client = await desk.ConnectAsync();
        var arguments = new Dictionary<string, object?> { ["order_id"] = "#W1" };
        if (conversation is not null)
            arguments["conversation"] = conversation;

        Assert.Equal("no_conversation", Code(await client.CallToolAsync("get_order", arguments)));
        Assert.Equal("done", Code(await client.CallToolAsync("find_products", new Dictionary<string, object?> { ["text"] = "lamp", ["most"] = 2 })));
    }

    [Fact]
    public async Task ConversationToken_HoldsForItsClientConversationAndTime()
    {
        await using var desk = await Desk.StartAsync(
            Desk.Client("orders:read") with { NeedsConversationToken = true }, new McpClientGrant("other") { Scopes = ["orders:read"] });
        await using var client = await desk.ConnectAsync();
        var token = desk.Tokens.Issue("copilot", Desk.Proven, TimeSpan.FromHours(1));

        Assert.Equal("done", await CallAsync(client, token));
        Assert.Equal("no_conversation", await CallAsync(client, Desk.Proven));
        Assert.Equal("no_conversation", await CallAsync(client, desk.Tokens.Issue("copilot", Desk.Proven, TimeSpan.Zero)));
        Assert.Equal("no_conversation", await CallAsync(client, token.Replace(".", ".9", StringComparison.Ordinal)));
        await using var other = await desk.ConnectAsync("other");
        Assert.Equal("no_conversation", await CallAsync(other, token));

        static async Task<string> CallAsync(McpClient client, string conversation) =>
            Code(await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = conversation, ["order_id"] = "#W1" }));
    }

    [Fact]
    public async Task AllowedCustomers_AreTheOnlyOnes()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:read") with { Customers = ["omar_diaz_2"] });
        await using var client = await desk.ConnectAsync();

        Assert.Equal("no_conversation", Code(await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1" })));
    }

    [Fact]
    public async Task Write_WaitsForTheCustomersYes_WhateverTheClientSends()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:write"));
        await using var client = await desk.ConnectAsync();

        var needed = await client.CallToolAsync("cancel_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1" });
        var change = Body(needed).GetProperty("change").GetString();
        var forced = await client.CallToolAsync("cancel_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1", ["confirmed"] = change });
        var outcome = await client.CallToolAsync("change_outcome", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["change"] = change });

        Assert.Equal("confirmation_needed", Code(needed));
        Assert.False(Body(needed).GetProperty("asked").GetBoolean());
        Assert.Equal("bad_arguments", Code(forced));
        Assert.Equal("not_done", Body(outcome).GetProperty("result").GetProperty("state").GetString());
    }

    [Fact]
    public async Task BadArguments_AreToldWithTheirName()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:write", "products:read"));
        await using var client = await desk.ConnectAsync();

        var wrong = await client.CallToolAsync("cancel_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W3" });
        var nested = await client.CallToolAsync("find_products", new Dictionary<string, object?> { ["text"] = new Dictionary<string, object?> { ["a"] = 1 } });

        Assert.Contains("order_id", Body(wrong).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(("bad_arguments", "bad_arguments"), (Code(wrong), Code(nested)));
    }

    [Fact]
    public async Task FaultInside_IsUnavailable_AndTellsNothingOfTheInside()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("products:read"));
        await using var client = await desk.ConnectAsync();

        var result = await client.CallToolAsync("broken", new Dictionary<string, object?>());

        Assert.Equal("unavailable", Code(result));
        Assert.DoesNotContain("secret", Body(result).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_BeyondAMinutesShare_AreRefused_AndEachCallIsLoggedWithoutItsArguments()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("products:read") with { CallsPerMinute = 2 });
        await using var client = await desk.ConnectAsync();
        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
            codes.Add(Code(await client.CallToolAsync("find_products", new Dictionary<string, object?> { ["text"] = "mei@example.com" })));

        Assert.Equal(["done", "done", "too_many_calls"], codes);
        Assert.Equal(2, desk.Log.Lines.Count(line => line == "MCP client copilot called find_products: done"));
        Assert.Contains("MCP client copilot called find_products: too_many_calls", desk.Log.Lines);
        Assert.DoesNotContain(desk.Log.Lines, line => line.Contains("mei@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallForAConversation_IsRecordedThere_WithItsOutcomeAndWithoutItsArguments()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:read", "orders:write", "products:read"));
        await using var client = await desk.ConnectAsync();
        async Task<string> CallAsync(string tool, string? conversation) =>
            Code(await client.CallToolAsync(tool, new Dictionary<string, object?> { ["conversation"] = conversation, [tool == "find_products" ? "text" : "order_id"] = "#W1" }));

        foreach (var (tool, conversation) in new[] { ("get_order", Desk.Proven), ("get_order", Desk.Unproven), ("cancel_order", Desk.Proven), ("find_products", Desk.Unproven), ("get_order", "c-nowhere"), ("no_such_tool", Desk.Proven) })
            await CallAsync(tool, conversation);

        Assert.Equal(
            [(Desk.Proven, "get_order", "done"), (Desk.Unproven, "get_order", "identity_needed"), (Desk.Proven, "cancel_order", "confirmation_needed"), (Desk.Unproven, "find_products", "done")],
            desk.Grains.Noted.Select(noted => (noted.Conversation, noted.Call.Tool, noted.Call.Outcome)));
        Assert.All(desk.Grains.Noted, noted => Assert.Equal("mcp:copilot", noted.Call.By));
    }

    [Fact]
    public async Task CallThatCantBeRecorded_TellsNothing()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("orders:read"));
        await using var client = await desk.ConnectAsync();
        desk.Grains.Full = true;

        var result = await client.CallToolAsync("get_order", new Dictionary<string, object?> { ["conversation"] = Desk.Proven, ["order_id"] = "#W1" });

        Assert.Equal("unavailable", Code(result));
        Assert.DoesNotContain(Desk.Lena, Body(result).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScopeTakenAway_IsGoneWithTheNextCall()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("products:read"));
        await using var client = await desk.ConnectAsync();
        Assert.Equal("done", Code(await client.CallToolAsync("find_products", new Dictionary<string, object?> { ["text"] = "lamp" })));

        desk.Settings.Current = new McpSettings { Clients = [Desk.Client("orders:read")] };

        Assert.Equal("unknown_tool", Code(await client.CallToolAsync("find_products", new Dictionary<string, object?> { ["text"] = "lamp" })));
    }

    [Theory]
    [InlineData(null, null, null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("Basic copilot-" + Desk.Key, null, null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer copilot-" + Desk.Key, "https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("Bearer copilot-" + Desk.Key, null, "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Bearer copilot-" + Desk.Key, null, null, HttpStatusCode.OK)]
    public async Task Door_OpensOnlyToKnownKeysFromKnownPlaces(string? authorization, string? origin, string? host, HttpStatusCode expected)
    {
        await using var desk = await Desk.StartAsync(Desk.Client("products:read"));
        using var http = new HttpClient();
        using var request = Initialize(desk.Address);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        request.Headers.Host = host;

        using var response = await http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        Assert.False(response.Headers.Contains("Mcp-Session-Id")); // nothing that could be guessed, stolen or set beforehand
    }

    [Fact]
    public async Task LongRequest_IsRefusedBeforeItIsRead()
    {
        await using var desk = await Desk.StartAsync(Desk.Client("products:read"));
        using var http = new HttpClient();
        using var request = Initialize(desk.Address);
        request.Content = new ByteArrayContent(new byte[65 * 1024]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "copilot-" + Desk.Key);

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static HttpRequestMessage Initialize(Uri address)
    {
        const string body = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, McpDoor.Path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return request;
    }

    private static JsonElement Body(CallToolResult result) => result.StructuredContent!.Value;

    private static string Code(CallToolResult result) => Body(result).TryGetProperty("code", out var code) ? code.GetString()! : "done";
}
