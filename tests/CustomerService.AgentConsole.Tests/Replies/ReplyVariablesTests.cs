using CustomerService.AgentConsole.Replies;

namespace CustomerService.AgentConsole.Tests.Replies;

public sealed class ReplyVariablesTests
{
    private static readonly Dictionary<string, string?> Known = new() { ["customer.name"] = "Eve {{order.id}} <b>", ["order.id"] = null };

    [Fact]
    public void WhatIsKnown_IsFilledIn_AndTheRestHoldsTheReplyBack()
    {
        var text = ReplyVariables.Fill("Dear {{ customer.name }}, order {{ order.id }} is late, {{ and.so }} on.", Known);

        Assert.Equal("Dear Eve {{order.id}} <b>, order {{order.id}} is late, {{ and.so }} on.", text);
        Assert.Equal<string[]>(["order.id"], [.. ReplyVariables.Missing(text)]);
        Assert.Empty(ReplyVariables.Missing(text.Replace("{{order.id}}", "#W1234567", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/", 1, 0, "")]
    [InlineData("Hello /ref", 10, 6, "ref")]
    [InlineData("/ref and more", 4, 0, "ref")]
    [InlineData("line\n/late-p", 12, 5, "late-p")]
    public void ASlashThatBeginsAWord_OffersReplies(string text, int caret, int from, string typed) =>
        Assert.Equal(new Completion(CompletionKind.Reply, from, typed), Completion.At(text, caret, CompletionKind.Reply));

    [Theory]
    [InlineData("and/or", 6)]
    [InlineData("/ref and more", 13)]
    [InlineData("", 0)]
    [InlineData("https://x", 9)]
    public void AnyOtherSlash_OffersNothing(string text, int caret) => Assert.Null(Completion.At(text, caret, CompletionKind.Reply));

    [Theory]
    [InlineData("ask @an", 7, "an")]
    [InlineData("@", 1, "")]
    [InlineData("ann@shop.example", 16, null)]
    public void AnAtSign_OffersColleagues(string text, int caret, string? typed) => Assert.Equal(typed, Completion.At(text, caret, CompletionKind.Mention)?.Typed);
}
