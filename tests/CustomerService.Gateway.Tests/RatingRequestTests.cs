using System.Net;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class RatingRequestTests
{
    [Fact]
    public async Task A_settled_conversation_is_rated_by_its_customer_and_shows_it()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await centre.HeldAsync("c-1");
        (await RateAsync(centre, token, new { score = 5 })).ShouldBe(409, "not_resolved");
        await centre.ActAsync("c-1", "resolve", new { agentId = "ada" });

        Assert.Equal(HttpStatusCode.NoContent, (await RateAsync(centre, token, new { score = 2, comment = "slow" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await RateAsync(centre, token, new { score = 4 })).Status);

        Assert.Equal(4, (await centre.Gateway.ReadAsync(token, "c-1")).Json["standing"]!["rating"]!.GetValue<int>());
        (await RateAsync(centre, token, new { score = 6 })).ShouldBe(422, "rating_out_of_range");
        (await RateAsync(centre, token, new { comment = "?" })).ShouldBe(400, "invalid_field");
        (await RateAsync(centre, (await centre.Gateway.BeginSessionAsync()).Token, new { score = 1 })).ShouldBe(404, "no_such_conversation");
        (await RateAsync(centre, RunningGateway.AgentToken, new { score = 5 })).ShouldBe(401, "token_missing");
    }

    [Fact]
    public async Task Pages_without_a_socket_say_what_was_read_by_a_request()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await gateway.SayAsync(token, "Hello", "c-1");
        await gateway.MessagesAsync(token, "c-1", 2);

        var read = await gateway.SendAsync(HttpMethod.Post, "/api/chat/signs", token, new { conversationId = "c-1", type = "read", upTo = 2 });
        var typing = await gateway.SendAsync(HttpMethod.Post, "/api/chat/signs", token, new { conversationId = "c-1", type = "typing" });

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (read.Status, typing.Status));
        Assert.Equal(2, (await gateway.ReadAsync(token, "c-1")).Json["standing"]!["readUpTo"]!.GetValue<int>());
        (await gateway.SendAsync(HttpMethod.Post, "/api/chat/signs", (await gateway.BeginSessionAsync()).Token, new { conversationId = "c-1", type = "read", upTo = 2 }))
            .ShouldBe(403, "not_your_conversation");
    }

    private static Task<Answer> RateAsync(ContactCentre centre, string token, object body) =>
        centre.Gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/rating", token, body);
}
