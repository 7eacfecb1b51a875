using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class NoteMentionTests
{
    [Fact]
    public async Task Who_is_named_in_a_note_and_may_see_it_is_told()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) });
        await AddAsync(gateway, "ben.low", Role.Agent);
        await AddAsync(gateway, "olga", Role.Operator);
        var session = await gateway.BeginSessionAsync();
        await gateway.SayAsync(session.Token, "A person please", "c-1");
        await gateway.MessagesAsync(session.Token, "c-1", 2);

        await gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-1/notes", RunningGateway.AgentToken, new { agentId = "ada", text = "@ben.low. look; @olga @nobody x@ben.low" });

        var ben = await NoticesAsync(gateway, "ben.low");
        Assert.Equal((NoticeKinds.Mention, "ada", "c-1"), (ben[0].Kind, ben[0].By, ben[0].ConversationId));
        Assert.Single(ben);
        Assert.Empty(await NoticesAsync(gateway, "olga"));
    }

    [Fact]
    public async Task What_became_of_a_suggestion_stands_in_the_trace_and_in_the_figures()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) });
        using var figures = new Figures(gateway.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var session = await gateway.BeginSessionAsync();
        await gateway.SayAsync(session.Token, "A person please", "c-1");
        await gateway.MessagesAsync(session.Token, "c-1", 2);

        await gateway.World.AskAsync(Grain.Conversation("c-1"), new NoteSuggestionLeft("ada", new SuggestionUse("s-1", SuggestionOutcomes.Rejected, "none") { Confidence = 0.5, Sources = ["article:x"] }) { Id = "s-1" });

        var trace = (await gateway.SendAsync(HttpMethod.Get, "/api/conversations/c-1/trace", RunningGateway.AgentToken)).Json["suggestions"]![0]!;
        Assert.Equal(("s-1", "ada", "rejected", "article:x"), (Text(trace["id"]), Text(trace["agentId"]), Text(trace["outcome"]), Text(trace["sources"]![0])));
        Assert.Equal(1, figures.Sum("reply_suggestions", "change=none,outcome=rejected"));
    }

    private static string Text(System.Text.Json.Nodes.JsonNode? node) => node!.GetValue<string>();

    private static async Task AddAsync(RunningGateway gateway, string id, Role role) =>
        await gateway.World.AskAsync(Grain.Staff, new AddPerson(id, id, null, [role], "hash", "test"));

    private static async Task<IReadOnlyList<Notice>> NoticesAsync(RunningGateway gateway, string id)
    {
        var view = await gateway.World.AskAsync(Grain.Personal(id), new GetNotices());
        return Assert.IsType<NoticesView>(view).Notices;
    }
}
