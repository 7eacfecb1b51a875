using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests;

public sealed class ConversationListRequestTests
{
    [Fact]
    public async Task The_list_is_filtered_searched_counted_and_paged()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.HeldAsync("c-held");
        await centre.WaitingAsync("c-waiting-1");
        await centre.WaitingAsync("c-waiting-2");
        await centre.ActAsync("c-held", "notes", new { agentId = "ada", text = "Promised a Voucher." });
        await FollowAsync(centre.Gateway);

        var all = await ListAsync(centre, "?counts=true");
        Assert.Equal(["c-held", "c-waiting-1", "c-waiting-2"], Ids(all).Order());
        Assert.Equal("""{"assigned":1,"queued":2}""", all["counts"]!.ToJsonString());

        var held = (await ListAsync(centre, "?state=assigned,on_hold&agent=ada&queue=general,billing"))["conversations"]!.AsArray();
        Assert.Equal("c-held", Assert.Single(held)!["id"]!.GetValue<string>());
        Assert.Equal(("assigned", "ada", "assistant"), (held[0]!["status"]!.GetValue<string>(), held[0]!["agentId"]!.GetValue<string>(), held[0]!["lastBy"]!.GetValue<string>()));
        Assert.Equal(["c-held"], Ids(await ListAsync(centre, "?search=vouch")));
        Assert.Empty(Ids(await ListAsync(centre, "?channel=email")));

        var first = await ListAsync(centre, "?order=waiting&limit=1");
        Assert.Equal(["c-waiting-1"], Ids(first));
        Assert.Null(first["previous"]);
        var second = await ListAsync(centre, $"?order=waiting&limit=1&cursor={first["next"]}");
        Assert.Equal(["c-waiting-2"], Ids(second));
        Assert.Null(second["next"]);
        Assert.Equal(["c-waiting-1"], Ids(await ListAsync(centre, $"?order=waiting&limit=1&cursor={second["previous"]}")));
    }

    [Theory]
    [InlineData("?state=sleeping", "state", "it can be assigned, assistant")]
    [InlineData("?order=best", "order", "it can be due")]
    [InlineData("?limit=501", "limit", "1 to 500")]
    [InlineData("?cursor=nonsense", "cursor", "the list gave")]
    public async Task What_cannot_be_asked_for_is_refused_with_the_fix(string query, string field, string fix)
    {
        await using var centre = await ContactCentre.OpenAsync();

        var answer = await centre.TryAsync(HttpMethod.Get, "/api/conversations" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(field, answer.Json["field"]!.GetValue<string>());
        Assert.Contains(fix, answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_may_not_list()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var visitor = (await gateway.BeginSessionAsync()).Token;

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.SendAsync(HttpMethod.Get, "/api/conversations")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await gateway.SendAsync(HttpMethod.Get, "/api/conversations", visitor)).Status);
    }

    private static async Task FollowAsync(RunningGateway gateway)
    {
        var keeper = new ConversationListKeeper(
            gateway.Services.GetRequiredService<IJournal>(), gateway.Services.GetRequiredService<IGrainClient>(), gateway.Services.GetRequiredService<ConversationTables>(),
            NullLogger<ConversationListKeeper>.Instance);
        while (await keeper.AdvanceAsync(default))
        {
            // One stretch after another, to the end.
        }
    }

    private static async Task<JsonNode> ListAsync(ContactCentre centre, string query) => (await centre.DoAsync(HttpMethod.Get, "/api/conversations" + query)).Json;

    private static IEnumerable<string> Ids(JsonNode page) => page["conversations"]!.AsArray().Select(row => row!["id"]!.GetValue<string>());
}
