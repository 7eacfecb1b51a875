using System.Net;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Gateway.Tests;

public sealed class DraftRequestTests : IAsyncLifetime
{
    private readonly WordRules _rules = new();
    private RunningGateway _gateway = null!;
    private ContactCentre _centre = null!;

    public async Task InitializeAsync()
    {
        _centre = await ContactCentre.OpenAsync(drafts: _rules);
        _gateway = _centre.Gateway;
        await _centre.HeldAsync("c-1");
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Draft_IsReviewed_WithWhatTheConversationSaid()
    {
        var answer = await _centre.DoAsync(HttpMethod.Post, "/api/conversations/c-1/drafts/review", new { text = "The secret is out." });

        Assert.Equal("secret", answer.Json["findings"]![0]!["kind"]!.GetValue<string>());
        Assert.Equal("The [secret] is out.", answer.Json["redacted"]!.GetValue<string>());
        Assert.Equal("A person please", Assert.Single(_rules.Last!.Customer));
        Assert.Equal("chat", _rules.Last.Channel);
        Assert.Equal(HttpStatusCode.NotFound, (await _centre.TryAsync(HttpMethod.Post, "/api/conversations/c-none/drafts/review", new { text = "x" })).Status);
    }

    [Fact]
    public async Task ForbiddenReply_IsHeld_WithFindings_AndNoted()
    {
        var answer = await _centre.TryActAsync("c-1", "replies", new { agentId = "ada", messageId = "r-1", text = "What a rude thing." });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(("draft_held", "rude"), (answer.Json["code"]!.GetValue<string>(), answer.Json["findings"]![0]!["kind"]!.GetValue<string>()));
        Assert.Equal(("ada", "rude"), (Assert.Single(await JournalAsync<DraftHeld>()).AgentId, Assert.Single((await JournalAsync<DraftHeld>())[0].Kinds)));
        Assert.DoesNotContain(await JournalAsync<MessageSent>(), sent => sent.Author == Author.Agent);
    }

    [Fact]
    public async Task ForbiddenReply_GoesOutWithAReason_ASecretNever()
    {
        var without = await _centre.TryActAsync("c-1", "replies", new { agentId = "ada", messageId = "r-1", text = "What a rude thing.", anyway = true });
        await _centre.ActAsync("c-1", "replies", new { agentId = "ada", messageId = "r-1", text = "What a rude thing.", anyway = true, reason = "a secret quote" });
        var never = await _centre.TryActAsync("c-1", "replies", new { agentId = "ada", messageId = "r-2", text = "The secret.", anyway = true, reason = "I want to" });

        Assert.Equal((HttpStatusCode.BadRequest, "reason"), (without.Status, without.Json["field"]!.GetValue<string>()));
        var sent = Assert.Single(await JournalAsync<DraftSentAnyway>());
        Assert.Equal(("ada", "r-1", "rude", "a [secret] quote"), (sent.AgentId, sent.MessageId, Assert.Single(sent.Kinds), sent.Reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, never.Status);
        Assert.Single(await JournalAsync<MessageSent>(), message => message.Author == Author.Agent);
    }

    [Fact]
    public async Task GoodReply_IsSent_AndAStrangersIsRefusedAsEver()
    {
        await _centre.ActAsync("c-1", "replies", new { agentId = "ada", text = "Hello" });
        var stranger = await _centre.TryActAsync("c-1", "replies", new { agentId = "bob", text = "What a rude thing." });

        Assert.Equal((HttpStatusCode.Conflict, "not_assigned"), (stranger.Status, stranger.Json["code"]!.GetValue<string>()));
        Assert.Empty(await JournalAsync<DraftHeld>());
    }

    private async Task<List<TEvent>> JournalAsync<TEvent>()
        where TEvent : JournalEvent =>
        [.. (await _gateway.World.ReadAsync(Grain.Conversation("c-1"), 0, 1_000)).Select(entry => entry.Event).OfType<TEvent>()];

    /// <summary>Rules of two words: one that a reason overrules, one that nothing does.</summary>
    private sealed class WordRules : IDraftReview
    {
        public Draft? Last { get; private set; }

        public ValueTask<DraftReview> ReviewAsync(Draft draft, CancellationToken cancellation)
        {
            Last = draft;
            var findings = new[] { "rude", "secret" }.Where(word => draft.Text.Contains(word, StringComparison.Ordinal))
                .Select(word => new DraftFinding("compliance", word, $"It has '{word}'.", "Leave it out.", Blocks: true, Final: word == "secret"));
            return ValueTask.FromResult(new DraftReview(0.5, false, 0.5, 0.5, 0.5, [.. findings], Redacted(draft.Text)));
        }

        public string Redacted(string text) => text.Replace("secret", "[secret]", StringComparison.Ordinal);
    }
}
