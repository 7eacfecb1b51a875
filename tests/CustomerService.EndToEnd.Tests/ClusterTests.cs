#if ORLEANS
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace CustomerService.EndToEnd;

/// <summary>Processes with one role each, as they run on several machines.</summary>
public sealed class ClusterTests(PostgreSqlServer server, RedisServer redis) : IClassFixture<PostgreSqlServer>, IClassFixture<RedisServer>
{
    private const string AgentToken = "the agents' token of a test";
    private const string OperatorToken = "the operators' token of a test";

    [RequiresFact("postgresql", "redis")]
    public async Task MessageAtTheGateway_IsAnsweredInASilo_AndSeenAtTheConsole()
    {
        var environment = await EnvironmentAsync(redis.Url);
        await using var silo = Start(environment, "silo", out var siloUrl, "--silo-port", "0", "--client-port", "0");
        await using var gateway = Start(environment, "gateway", out var gatewayUrl);
        await using var console = Start(environment, "console", out var consoleUrl);
        foreach (var process in new[] { silo, gateway, console })
            await process.WaitForLineAsync(SiloProgram.ReadyLine());

        using var customer = new HttpClient { BaseAddress = gatewayUrl };
        var chat = await ChatClient.OpenAsync(customer, "conv-1");
        Assert.NotNull(await chat.TrySendAsync("m-1", "What are your opening hours?"));
        Assert.Equal("assistant", (string?)(await chat.ReplyToAsync("m-1"))["author"]);

        using var staff = new HttpClient { BaseAddress = consoleUrl };
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        var seen = JsonNode.Parse(await staff.GetStringAsync("api/conversations/conv-1"))!;
        Assert.Equal(["m-1", "m-1:answer"], seen["messages"]!.AsArray().Select(message => (string?)message!["id"]));

        // Each process answers for its own role only, and for its health and figures.
        Assert.Equal(HttpStatusCode.NotFound, (await customer.GetAsync("api/operations/cluster")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.PostAsync("api/chat/sessions", null)).StatusCode);
        using var bare = new HttpClient { BaseAddress = siloUrl };
        Assert.Equal(HttpStatusCode.NotFound, (await bare.GetAsync("api/conversations/conv-1")).StatusCode);
        var figures = await bare.GetStringAsync("metrics");
        Assert.Contains("interactions_total", figures, StringComparison.Ordinal);
        Assert.Contains("cluster_silos{status=\"active\"} 1", figures, StringComparison.Ordinal);
        foreach (var client in new[] { customer, staff, bare })
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("health/ready")).StatusCode);

        var status = JsonNode.Parse(await PrintedAsync(environment, "cluster", "status", "--json", "--url", consoleUrl.ToString()))!;
        Assert.Equal("active", (string?)Assert.Single(status["silos"]!.AsArray())!["status"]);
        Assert.Contains("1 active silo of 1", await PrintedAsync(environment, "cluster", "status", "--url", consoleUrl.ToString()), StringComparison.Ordinal);

        foreach (var process in new[] { gateway, console, silo })
            Assert.Equal(0, await process.TerminateAsync());
    }

    [RequiresFact("postgresql")]
    public async Task OneSiloWithoutRedis_IsAWholeSystem()
    {
        var environment = await EnvironmentAsync("localhost");
        await using var process = Start(environment, "silo,gateway,console", out var url, "--silo-port", "0", "--client-port", "0");
        await process.WaitForLineAsync(SiloProgram.ReadyLine());

        using var http = new HttpClient { BaseAddress = url };
        var chat = await ChatClient.OpenAsync(http, "conv-1");
        Assert.NotNull(await chat.TrySendAsync("m-1", "What are your opening hours?"));
        Assert.Equal("assistant", (string?)(await chat.ReplyToAsync("m-1"))["author"]);
        Assert.Contains("1 active silo of 1", await PrintedAsync(environment, "cluster", "status", "--url", url.ToString()), StringComparison.Ordinal);

        Assert.Equal(0, await process.TerminateAsync());
    }

    /// <summary>What all processes share comes to them by the environment.</summary>
    private async Task<Dictionary<string, string>> EnvironmentAsync(string cluster) => new()
    {
        ["CUSTOMERSERVICE_CLUSTER"] = cluster,
        ["CUSTOMERSERVICE_DATABASE"] = await server.CreateMigratedAsync(),
        ["CUSTOMERSERVICE_AGENT_TOKEN"] = AgentToken,
        ["CUSTOMERSERVICE_OPERATOR_TOKEN"] = OperatorToken,
    };

    private static SiloProgram Start(Dictionary<string, string> environment, string roles, out Uri url, params IEnumerable<string> more)
    {
        url = new Uri($"http://127.0.0.1:{SiloProgram.FreePort()}/");
        return SiloProgram.Start(environment, ["run", "--roles", roles, "--listen", url.ToString(), "--metrics-port", "0", .. more]);
    }

    private static async Task<string> PrintedAsync(Dictionary<string, string> environment, params string[] args)
    {
        await using var program = SiloProgram.Start(environment, args);
        Assert.True(await program.ExitAsync() == 0, program.Output);
        return program.Output;
    }
}
#endif
