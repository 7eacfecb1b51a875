using CustomerService.AgentConsole.Replies;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.AgentConsole.Tests.Replies;

public sealed class RepliesFileTests
{
    private static readonly string[] Languages = ["de", "en", "es", "fr", "ja"];

    [Fact]
    public void WhatIsShipped_IsWhole_AndInFiveLanguages()
    {
        var path = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "replies.yaml");

        var library = RepliesFile.Parse(File.ReadAllText(path), path, ["general", "billing", "orders", "returns", "account", "technical", "specialist"]);

        Assert.All(library.Replies, reply => Assert.Equal(Languages, reply.Text.Texts.Keys));
        Assert.All(library.Replies, reply => Assert.Equal(Languages, reply.Title.Texts.Keys));
        Assert.All(library.Macros, macro => Assert.Equal(Languages, macro.Title.Texts.Keys));
        Assert.All(library.Replies, reply => Assert.Single(reply.Text.Texts.Values.Select(text => string.Join(' ', ReplyVariables.Missing(text))).Distinct()));
        Assert.Equal(["solved"], library.Find("sol", "general", "en").OfType<Macro>().Select(macro => macro.Shortcut));
    }

    [Fact]
    public void AMacro_HasItsStepsInOrder()
    {
        var library = Parse("""
            replies:
              - { shortcut: bye, title: Bye, text: "Bye, {{ customer.name }}" }
            macros:
              - shortcut: done
                title: { en: Done, de: Fertig }
                queues: [billing]
                steps:
                  - reply: bye
                  - note: "for {{order.id}}"
                  - hold
                  - resolve: { code: solved, note: all well }
            """);

        Assert.Equal<MacroStep[]>(
            [new MacroStep.Reply("bye"), new MacroStep.Note("for {{order.id}}"), new MacroStep.Hold(), new MacroStep.Resolve("solved", "all well")],
            [.. Assert.Single(library.Macros).Steps]);
        Assert.Equal("Fertig", library.Macros[0].Title.In("de").Text);
    }

    [Theory]
    [InlineData("replies: [{ shortcut: A b, title: x, text: y }]", "1:23", "is no shortcut")]
    [InlineData("replies: [{ shortcut: a, text: y }]", "1:11", "has no title")]
    [InlineData("replies: [{ shortcut: a, title: x, text: { xx1: y } }]", "1:44", "two-letter")]
    [InlineData("replies: [{ shortcut: a, title: x, text: 'Dear {{customer.nam}}' }]", "1:48", "did you mean 'customer.name'?")]
    [InlineData("replies: [{ shortcut: a, title: x, text: y }, { shortcut: a, title: x, text: y }]", "1:59", "already in line 1")]
    [InlineData("replies: [{ shortcut: a, title: x, text: y, queues: [biling] }]", "1:54", "did you mean 'billing'?")]
    [InlineData("macros: [{ shortcut: a, title: x, steps: [{ reply: nothing }] }]", "1:52", "there is no reply 'nothing'")]
    [InlineData("macros: [{ shortcut: a, title: x, steps: [dance] }]", "1:43", "'dance' is no step")]
    [InlineData("macros: [{ shortcut: a, title: x, steps: [resolve, hold] }]", "1:52", "off the desk")]
    [InlineData("macros: [{ shortcut: a, title: x, steps: [{ snooze: soon }] }]", "1:53", "length of time")]
    [InlineData("macros: [{ shortcut: a, title: x }]", "1:10", "has no steps")]
    [InlineData("reply: []", "1:1", "has no key 'reply'")]
    public void WhatIsWrong_IsToldWithPlaceAndFix(string text, string place, string said)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => Parse(text));

        Assert.Contains($"replies.yaml:{place}: error:", fault.Message, StringComparison.Ordinal);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEdit_IsInForceAtOnce_AndABadOneLeavesWhatWas()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, "replies: [{ shortcut: a, title: x, text: y }]");
        try
        {
            using var file = new RepliesFile(path, new ManualTimeProvider(), Microsoft.Extensions.Logging.Abstractions.NullLogger<RepliesFile>.Instance);
            File.WriteAllText(path, "replies: [{ shortcut: b, title: x, text: y }]");
            file.Look();
            Assert.NotNull(file.Current.Reply("b"));

            File.WriteAllText(path, "replies: [");
            file.Look();
            Assert.NotNull(file.Current.Reply("b"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ReplyLibrary Parse(string text) => RepliesFile.Parse(text, "replies.yaml", ["billing"]);
}
