using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class RetentionRequestTests
{
    [Fact]
    public async Task Run_is_asked_for_once_and_not_where_everything_is_kept()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Task<Answer> AskAsync(HttpMethod method, string path, object? body = null) => gateway.SendAsync(method, path, RunningGateway.OperatorToken, body);

        var kept = (await AskAsync(HttpMethod.Get, "/api/retention")).Json;
        Assert.Equal(("forever; at 03:15 UTC", 0, true), (kept["rules"]!.GetValue<string>(), kept["next"]!.AsArray().Count, kept["isWhole"]!.GetValue<bool>()));
        Assert.Null(kept["nextRun"]);
        (await AskAsync(HttpMethod.Post, "/api/retention/run", new { by = "ann" })).ShouldBe(409, "everything_is_kept");

        var rules = RetentionRules.Forever with { Usual = new KeepTime(2, KeepUnit.Years) };
        gateway.Services.GetRequiredService<OwnersRetention>().Current = rules;
        await gateway.World.AskAsync(Grain.Retention, new TakeRetentionRules(rules));
        (await AskAsync(HttpMethod.Post, "/api/retention/run", new { })).ShouldBe(400, "invalid_field");
        var asked = (await AskAsync(HttpMethod.Post, "/api/retention/run", new { by = "ann" })).Json;
        Assert.Equal((5, "2y", 0), (asked["next"]!.AsArray().Count, asked["next"]![0]!["kept"]!.GetValue<string>(), asked["next"]![0]!["erased"]!.GetValue<int>()));
        Assert.NotNull(asked["nextRun"]);
        (await AskAsync(HttpMethod.Post, "/api/retention/run", new { by = "sue" })).ShouldBe(409, "erasing_under_way");

        await gateway.World.AskAsync(Grain.Retention, new BeginErasing());
        await gateway.World.AskAsync(Grain.Retention, new EndErasing(ErasingCounts.None.WithErased("chat").WithLeft("on_legal_hold")));
        var past = (await AskAsync(HttpMethod.Get, "/api/retention")).Json["past"]![0]!;
        Assert.Equal(("erasing-1", "ann", 1, 1), (past["id"]!.GetValue<string>(), past["by"]!.GetValue<string>(), past["erased"]!["chat"]!.GetValue<int>(), past["left"]!["on_legal_hold"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Legal_hold_is_placed_with_a_reason_seen_and_lifted()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.Gateway.World.AskAsync(Grain.Conversation("c-1"), new Grains.Conversations.ReceiveMessage(
            new Grains.Conversations.Interaction("m-1", Grains.Conversations.ChannelNames.Chat, "eve", "Where is my order?", DateTimeOffset.UnixEpoch)));
        (await centre.TryAsync(HttpMethod.Post, "/api/conversations/c-1/legal-hold/lift", new { by = "sue" })).ShouldBe(409, "no_legal_hold");
        (await centre.TryAsync(HttpMethod.Post, "/api/conversations/c-1/legal-hold", new { by = "sue" })).ShouldBe(422, "reason_missing");
        (await centre.TryAsync(HttpMethod.Post, "/api/conversations/none/legal-hold", new { by = "sue", reason = "case 4711" })).ShouldBe(404, "no_such_conversation");

        await centre.DoAsync(HttpMethod.Post, "/api/conversations/c-1/legal-hold", new { by = "sue", reason = " case 4711 " });
        var hold = (await centre.DoAsync(HttpMethod.Get, "/api/conversations/c-1")).Json["internal"]!["legalHold"]!;
        Assert.Equal(("sue", "case 4711"), (hold["by"]!.GetValue<string>(), hold["reason"]!.GetValue<string>()));
        await centre.DoAsync(HttpMethod.Post, "/api/conversations/c-1/legal-hold/lift", new { by = "sue" });
        Assert.Null((await centre.DoAsync(HttpMethod.Get, "/api/conversations/c-1")).Json["internal"]!["legalHold"]);
    }
}
