using CustomerService.Assistants.Suggestions;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Tests.Suggestions;

public sealed class SuggestedRepliesTests : IDisposable
{
    private const string Reply = """{"answer": "You can return it within 30 days\nof delivery.", "sources": ["article:return-policy@1"], "suggested_actions": [], "follow_up_required": false}""";
    private static readonly ModelRole Role = new("writing", "anthropic", "claude", 0, null);

    private readonly ModelServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Suggestion_ComesInPieces_AndEndsWithTheGatesWord()
    {
        _server.Answer(ModelServer.Says(Reply));
        using var assistant = new Assistant(_server.Settings());

        var events = await ReadAsync(assistant);

        Assert.IsType<SuggestionEvent.Began>(events[0]);
        var pieces = events.OfType<SuggestionEvent.Piece>().ToList();
        Assert.True(pieces.Count > 2);
        Assert.Equal("You can return it within 30 days\nof delivery.", string.Concat(pieces.Select(piece => piece.Text)));
        var whole = Assert.IsType<SuggestionEvent.Whole>(events[^1]);
        Assert.True(whole.Passed, string.Join(' ', whole.Issues));
        Assert.Equal("article:return-policy@1", Assert.Single(whole.Sources));
    }

    [Fact]
    public async Task TextThatMakesSomethingUp_IsShown_WithWhatTheGateFound()
    {
        _server.Answer(ModelServer.Says(Reply.Replace("30 days", "90 days", StringComparison.Ordinal)));
        using var assistant = new Assistant(_server.Settings());

        var whole = Assert.IsType<SuggestionEvent.Whole>((await ReadAsync(assistant))[^1]);

        Assert.False(whole.Passed);
        Assert.Contains(whole.Issues, issue => issue.Contains("90", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ModelThatBeginsAnew_TakesBackWhatItWrote()
    {
        _server.Answer(ModelServer.Says(Reply.Replace("return-policy@1", "made-up@1", StringComparison.Ordinal)), ModelServer.Says(Reply));
        using var assistant = new Assistant(_server.Settings());

        var events = await ReadAsync(assistant);

        Assert.Equal(2, events.OfType<SuggestionEvent.Began>().Count());
        Assert.True(Assert.IsType<SuggestionEvent.Whole>(events[^1]).Passed);
    }

    [Fact]
    public async Task WithoutAModel_TheArticleIsTheSuggestion()
    {
        using var assistant = new Assistant();

        var whole = Assert.IsType<SuggestionEvent.Whole>(Assert.Single(await ReadAsync(assistant)));

        Assert.Contains("30 days", whole.Text, StringComparison.Ordinal);
        Assert.Equal("local: no key", whole.Note);
    }

    [Fact]
    public async Task HangingUp_EndsTheRequestAtTheVendor()
    {
        _server.Answer(ModelServer.Reply.Hang);
        using var assistant = new Assistant(_server.Settings());
        using var cancel = new CancellationTokenSource();
        var reading = ReadAsync(assistant, cancel.Token);
        while (_server.Requests.Count == 0)
            await Task.Yield();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await _server.HungUp.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("""{"answer": "a \"quoted\" line\n\u00e9\\", "sources": []}""", "a \"quoted\" line\né\\")]
    [InlineData("""Sure! {"sources": ["x"], "answer" : "last"}""", "last")]
    [InlineData("""{"answer": null, "sources": []}""", "")]
    [InlineData("no json", "")]
    public void Pieces_AreTheAnswersText_HoweverItIsCut(string reply, string text)
    {
        foreach (var size in new[] { 1, 3, 1_000 })
        {
            var pieces = new AnswerPieces();
            Assert.Equal(text, string.Concat(reply.Chunk(size).Select(piece => pieces.Add(new string(piece)))));
        }
    }

    private static async Task<List<SuggestionEvent>> ReadAsync(Assistant assistant, CancellationToken cancellation = default)
    {
        var events = new List<SuggestionEvent>();
        await foreach (var step in assistant.Suggestions.WriteAsync(assistant.Scope("What is your return policy?").Context, Role, cancellation))
            events.Add(step);
        return events;
    }
}
