using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

/// <summary>Explanations of what real grains did.</summary>
public sealed class ExplanationRequestTests
{
    [Fact]
    public async Task Whole_way_is_told_from_the_handoff_to_the_end()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.ConfigureAsync("general", ContactCentre.Tier("tier1", "tier2"));
        await centre.SignInAsync("bob");
        await centre.SignInAsync("ada");
        await centre.WaitingAsync("c-1");
        var offer = (await centre.DoAsync(HttpMethod.Get, "/api/agents/bob")).Json["offers"]![0]!["offerId"];
        await centre.DoAsync(HttpMethod.Post, $"/api/agents/bob/offers/{offer}/decline", new { reason = "lunch" });
        await centre.AcceptAsync("ada");
        await centre.ActAsync("c-1", "replies", new { agentId = "ada", text = "Hello" });
        await centre.ActAsync("c-1", "escalate", new { by = "ada", reason = "needs a decision" });
        await centre.SignInAsync("eve", "tier2");
        await centre.AcceptAsync("eve");
        await centre.ActAsync("c-1", "resolve", new { agentId = "eve" });

        var told = await ExplainAsync(centre, "c-1");

        Assert.Equal(["general", "tier2"], Texts(told, "stays", "queue"));
        Assert.Equal(["rejected", "accepted"], Texts(told["stays"]![0]!, "offers", "outcome"));
        Assert.Equal("lunch", told["stays"]![0]!["offers"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal(["chosen", "fits"], Texts(told["stays"]![0]!["offers"]![0]!["match"]!, "considered", "verdict"));
        Assert.Equal(["ada took it", "eve took it"], Texts(told, "stays", "left"));
        Assert.Equal(["assigned", "escalated", "assigned", "resolved"], Texts(told, "acts", "act"));
        Assert.Equal(["assistant", "queued", "offered", "queued", "offered", "assigned", "queued", "offered", "assigned", "resolved"], Texts(told, "states", "status"));
        Assert.Equal(["first_response", "resolution"], Texts(told, "promises", "kind").Order());
        Assert.All(told["promises"]!.AsArray(), promise => Assert.True(promise!["met"]!.GetValue<bool>()));
        Assert.Null(told["now"]);
    }

    [Fact]
    public async Task One_that_waits_says_who_is_skipped_now_and_why()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.SignInAsync("ada", "billing");
        await centre.WaitingAsync("c-1");
        await centre.ActAsync("c-1", "transfer", new { by = "sue", queue = "billing", reason = "a refund", needs = new object[] { new { skill = "refunds", level = 3, required = true } } });

        var now = (await ExplainAsync(centre, "c-1"))["now"]!;

        Assert.Contains("refunds", now["wanted"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(now["chosen"]);
        var ada = Assert.Single(now["considered"]!.AsArray())!;
        Assert.Equal(("ada", "skipped"), (ada["agentId"]!.GetValue<string>(), ada["verdict"]!.GetValue<string>()));
        Assert.Contains("refunds", ada["why"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_are_not_told_and_what_is_not_there_is_not_found()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await centre.WaitingAsync("c-1");

        (await centre.Gateway.SendAsync(HttpMethod.Get, "/api/conversations/c-1/explanation", token)).ShouldBe(403, "forbidden");
        (await centre.TryAsync(HttpMethod.Get, "/api/conversations/c-none/explanation")).ShouldBe(404, "no_such_conversation");
    }

    private static async Task<JsonNode> ExplainAsync(ContactCentre centre, string conversation) =>
        (await centre.DoAsync(HttpMethod.Get, $"/api/conversations/{conversation}/explanation")).Json;

    private static IEnumerable<string?> Texts(JsonNode node, string list, string member) => node[list]!.AsArray().Select(each => each![member]?.GetValue<string>());
}
