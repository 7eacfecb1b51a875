using System.Net;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class AnswerFeedbackTests
{
    [Fact]
    public async Task Word_about_an_answer_reaches_what_the_answer_rests_on()
    {
        var world = new GrainWorld { Script = _ => Task.FromResult(Outcomes.Answer("Within 30 days.") with { Answer = new("Within 30 days.", [], ["article:return-policy@1"]) }) };
        await using var gateway = await RunningGateway.StartAsync(world);
        var mine = (await gateway.BeginSessionAsync()).Token;
        var theirs = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(mine, "Can I send it back?", "c-1");
        await gateway.ReadAsync(mine, "c-1", "?after=1&wait=20");

        var said = await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/messages/2/feedback", mine, new { helped = false });

        Assert.Equal(HttpStatusCode.NoContent, said.Status);
        Assert.Equal(("c-1", "article:return-policy@1", false), Assert.Single(world.Feedback));
        (await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/messages/2/feedback", theirs, new { helped = true })).ShouldBe(404, "no_such_conversation");
        (await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/messages/2/feedback", null, new { helped = true })).ShouldBe(401, "token_missing");
        (await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/messages/1/feedback", mine, new { helped = true })).ShouldBe(400, "invalid_field");
        (await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/messages/2/feedback", mine, new { })).ShouldBe(400, "invalid_field");
        Assert.Single(world.Feedback);
    }
}
