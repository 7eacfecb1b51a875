using System.Collections.Immutable;
using CustomerService.AgentConsole.Replies;

namespace CustomerService.AgentConsole.Tests.Replies;

public sealed class ReplyLibraryTests
{
    private static readonly ReplyLibrary Library = new(
        [Reply("thanks", "Thank you", "We are glad."), Reply("refund", "Money back", "It went out."), Reply("late", "A late refund", "Sorry.", "billing")], []);

    [Theory]
    [InlineData("", "billing", "thanks refund late")]
    [InlineData("", "orders", "thanks refund")]
    [InlineData("ref", "billing", "refund late")]
    [InlineData("money", null, "refund")]
    [InlineData("glad", null, "thanks")]
    [InlineData("nothing", "billing", "")]
    public void WhatIsTyped_FindsShortcutsThenTitlesThenTexts(string typed, string? queue, string found) =>
        Assert.Equal(found, string.Join(' ', Library.Find(typed, queue, "en").Select(entry => entry.Shortcut)));

    [Theory]
    [InlineData("fr", "de", "de", "hallo")]
    [InlineData("es", null, "es", "hola")]
    [InlineData("fr", null, "en", "hello")]
    public void AText_FallsBack_AndSaysToWhich(string first, string? second, string language, string text) =>
        Assert.Equal((text, language), new LocalText(ImmutableSortedDictionary<string, string>.Empty.Add("de", "hallo").Add("en", "hello").Add("es", "hola")).In(first, second));

    private static CannedReply Reply(string shortcut, string title, string text, params ImmutableArray<string> queues) => new(shortcut, Text(title), queues, Text(text));

    private static LocalText Text(string text) => new(ImmutableSortedDictionary<string, string>.Empty.Add("en", text));
}
