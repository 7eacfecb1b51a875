using System.Net;
using System.Net.Http.Json;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class ConversationActTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Warm_transfer_keeps_the_agent_until_it_is_taken_and_can_be_called_off()
    {
        await using var centre = await ContactCentre.OpenAsync(RunningGateway.Options with { Queues = ["general", "billing"] });
        await centre.HeldAsync("c-1");

        await centre.ActAsync("c-1", "transfer", new { agentId = "ada", queue = "billing", reason = "a refund", warm = true, note = "Was promised one." });
        var during = await centre.InternalAsync("c-1");
        await centre.ActAsync("c-1", "cancel-transfer", new { by = "ada" });
        var after = await centre.InternalAsync("c-1");
        var again = await centre.TryActAsync("c-1", "cancel-transfer", new { by = "ada" });

        Assert.Equal(("assigned", "ada", "billing"), (during["state"]!.GetValue<string>(), during["agentId"]!.GetValue<string>(), during["transferTo"]!.GetValue<string>()));
        Assert.Equal("Was promised one.", during["notes"]![0]!["text"]!.GetValue<string>());
        Assert.Null(after["transferTo"]);
        again.ShouldBe(409, "no_transfer");
    }

    [Fact]
    public async Task Transfer_asks_skills_of_the_next_agent()
    {
        await using var centre = await ContactCentre.OpenAsync(RunningGateway.Options with { Queues = ["general", "billing"] });
        await centre.WaitingAsync("c-1");

        await centre.ActAsync("c-1", "transfer", new { by = "sue", queue = "billing", needs = new object[] { new { skill = "refunds", level = 3, required = true } } });
        var head = (await centre.DoAsync(HttpMethod.Get, "/api/queues/billing")).Json["head"]![0]!;
        var wrong = await centre.TryActAsync("c-1", "transfer", new { by = "sue", queue = "billing", needs = new object[] { new { skill = "refunds", level = 6 } } });

        Assert.Equal("""[{"skill":"refunds","level":3,"required":true}]""", head["needs"]!.ToJsonString());
        Assert.Equal("needs", wrong.ShouldBe(400, "invalid_field")["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Escalation_goes_a_tier_up_until_there_is_none()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.ConfigureAsync("general", ContactCentre.Tier("tier1", "tier2"));
        await centre.ConfigureAsync("tier2", ContactCentre.Tier("tier2", null));
        await centre.HeldAsync("c-1");

        await centre.ActAsync("c-1", "escalate", new { by = "ada", reason = "needs a decision" });
        var up = await centre.InternalAsync("c-1");

        Assert.Equal(("queued", "tier2", "tier2"), (up["state"]!.GetValue<string>(), up["queue"]!.GetValue<string>(), up["tier"]!.GetValue<string>()));
        (await centre.TryActAsync("c-1", "escalate", new { by = "ada", reason = "more" })).ShouldBe(409, "nowhere_to_escalate");
    }

    [Fact]
    public async Task Conversation_on_hold_is_the_agents_and_the_customer_is_told()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await centre.HeldAsync("c-1");

        await centre.ActAsync("c-1", "hold", new { agentId = "ada" });
        var theirs = (await centre.Gateway.ReadAsync(token, "c-1")).Json["standing"]!;
        (await centre.TryActAsync("c-1", "hold", new { agentId = "bob" })).ShouldBe(409, "not_assigned");
        await centre.ActAsync("c-1", "unhold", new { agentId = "ada" });

        Assert.Equal(("on_hold", "ada"), (theirs["status"]!.GetValue<string>(), theirs["agent"]!.GetValue<string>()));
        Assert.Equal("assigned", await centre.StateAsync("c-1"));
    }

    [Fact]
    public async Task Snoozed_conversation_is_away_until_somebody_wants_it_back()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.HeldAsync("c-1");

        await centre.ActAsync("c-1", "snooze", new { by = "ada", until = TimeProvider.System.GetUtcNow().AddDays(1), reason = "the part comes tomorrow" });
        var away = await centre.InternalAsync("c-1");
        await centre.ActAsync("c-1", "unsnooze", new { by = "sue" });

        Assert.Equal("snoozed", away["state"]!.GetValue<string>());
        Assert.NotNull(away["snoozedUntil"]);
        Assert.Contains(await centre.StateAsync("c-1"), (string[])["queued", "offered"]);
        (await centre.TryActAsync("c-1", "snooze", new { by = "ada", until = "2001-01-01T00:00:00Z" })).ShouldBe(422, "snooze_in_the_past");
    }

    [Fact]
    public async Task Customer_asks_for_a_call_and_keeps_the_place()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await centre.WaitingAsync("c-1");
        await centre.WaitingAsync("c-2");

        var asked = await centre.Gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/callback", token, new { to = "+44 20 7946 0000" });
        var standing = (await centre.Gateway.ReadAsync(token, "c-1")).Json["standing"]!;
        var line = await centre.LineAsync("general");
        var stranger = await centre.Gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-2/callback", token, new { to = "+44 20 7946 0000" });
        var nobody = await centre.Gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/callback", null, new { to = "+44 20 7946 0000" });

        Assert.Equal(HttpStatusCode.NoContent, asked.Status);
        Assert.Equal(("+44 20 7946 0000", 1), (standing["callbackTo"]!.GetValue<string>(), standing["queue"]!["position"]!.GetValue<int>()));
        Assert.Equal(["c-1", "c-2"], line);
        stranger.ShouldBe(404, "no_such_conversation");
        nobody.ShouldBe(401, "token_missing");
    }

    [Fact]
    public async Task Agent_reports_the_call_and_only_one_that_was_asked_for()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.WaitingAsync("c-1");
        await centre.ActAsync("c-1", "callback", new { by = "sue", to = "0123" });
        await centre.SignInAsync("ada");
        var offer = (await centre.DoAsync(HttpMethod.Get, "/api/agents/ada")).Json["offers"]![0]!;
        await centre.AcceptAsync("ada");

        await centre.ActAsync("c-1", "callback/report", new { agentId = "ada", reached = true });

        Assert.Equal("0123", offer["callbackTo"]!.GetValue<string>());
        (await centre.TryActAsync("c-1", "callback/report", new { agentId = "ada", reached = true })).ShouldBe(409, "no_callback");
        (await centre.TryActAsync("c-1", "callback", new { by = "sue", to = "0123" })).ShouldBe(409, "not_waiting");
    }

    [Fact]
    public async Task Priority_moves_it_up_the_line_once_for_one_key()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.WaitingAsync("c-1");
        await centre.WaitingAsync("c-2");

        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/conversations/c-2/priority")
            {
                Content = JsonContent.Create(new { by = "sue", priority = 8, reason = "a journalist" }),
            };
            request.Headers.Add("Idempotency-Key", "priority-1");
            Assert.Equal(HttpStatusCode.NoContent, (await centre.Gateway.SendAsync(request, RunningGateway.AgentToken)).Status);
        }

        Assert.Equal(["c-2", "c-1"], await centre.LineAsync("general"));
        var acts = (await centre.DoAsync(HttpMethod.Get, "/api/conversations/c-2/explanation")).Json["acts"]!.AsArray();
        Assert.Equal("priority set to 8: a journalist", Assert.Single(acts)!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task Returned_conversation_waits_again_where_it_was()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.HeldAsync("c-1");
        await centre.WaitingAsync("c-2");

        await centre.ActAsync("c-1", "return", new { agentId = "ada", reason = "I speak no Spanish" });

        Assert.Equal(["c-1", "c-2"], await centre.LineAsync("general"));
        (await centre.TryActAsync("c-1", "return", new { agentId = "ada" })).ShouldBe(409, "not_assigned");
    }

    [Fact]
    public async Task Only_what_is_resolved_is_closed()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await centre.HeldAsync("c-1");

        (await centre.TryActAsync("c-1", "close", new { by = "sue" })).ShouldBe(409, "conversation_open");
        await centre.ActAsync("c-1", "resolve", new { agentId = "ada" });
        await centre.ActAsync("c-1", "close", new { by = "sue" });

        Assert.Equal("closed", (await centre.Gateway.ReadAsync(token, "c-1")).Json["standing"]!["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("escalate", "{}", "by")]
    [InlineData("cancel-transfer", "{}", "by")]
    [InlineData("hold", "{}", "agentId")]
    [InlineData("unhold", "{}", "agentId")]
    [InlineData("snooze", """{"by":"ada"}""", "until")]
    [InlineData("unsnooze", "{}", "by")]
    [InlineData("priority", """{"by":"sue"}""", "priority")]
    [InlineData("priority", """{"by":"sue","priority":11}""", "priority")]
    [InlineData("callback", """{"by":"sue"}""", "to")]
    [InlineData("callback", """{"to":"0123"}""", "by")]
    [InlineData("callback/report", """{"agentId":"ada"}""", "reached")]
    [InlineData("return", "{}", "agentId")]
    [InlineData("close", "{}", "by")]
    [InlineData("transfer", """{"queue":"billing"}""", "agentId")]
    public async Task Missing_field_is_named(string act, string body, string field)
    {
        var centre = ContactCentre.In(shared.Gateway);

        Assert.Equal(field, (await centre.TryActAsync("c-1", act, body)).ShouldBe(400, "invalid_field")["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Time_that_is_none_is_told_how_to_write_it()
    {
        await using var centre = await ContactCentre.OpenAsync();

        var wrong = (await centre.TryActAsync("c-1", "snooze", """{"by":"ada","until":"tomorrow"}""")).ShouldBe(400, "wrong_type");

        Assert.Contains("2030-01-01T10:00:00Z", wrong["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_without_the_agents_token_acts()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await centre.WaitingAsync("c-1");

        var visitor = await centre.Gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/priority", token, new { by = "me", priority = 10 });

        visitor.ShouldBe(403, "forbidden");
    }
}
