using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.Pipelines.Tests.Definitions;

public sealed class YamlEditTests
{
    private const string Text = """
        # What holds.
        queues:
          general: { tier: tier1, to: second }   # the first
          # Those with money.
          billing:
            intents: [a, b]
            hours: office # of the day
            steps:
              - { after: 1m }
              - { after: 2m }
          empty: {}
          nothing:
        # Days.
        calendars:
          office:
            week:
              mon-fri: 08:00-12:00, 13:00-18:00  # with a break
              sat: '10:00-14:00'
        last: 1
        """;

    [Theory]
    [InlineData("queues/general/tier", "tier2", "tier: tier1,", "tier: tier2,")]
    [InlineData("queues/general/hours", "office", "to: second }", "to: second, hours: office }")]
    [InlineData("queues/general/promise/first", "30s", "to: second }", "to: second, promise: { first: 30s } }")]
    [InlineData("queues/general/to", null, "{ tier: tier1, to: second }", "{ tier: tier1 }")]
    [InlineData("queues/general/tier", null, "{ tier: tier1, to: second }", "{ to: second }")]
    [InlineData("queues/billing/hours", "night", "hours: office #", "hours: night #")]
    [InlineData("queues/billing/hours", null, "    hours: office # of the day\n", "")]
    [InlineData("queues/billing/steps", "[{ after: 5m }]", "steps:\n      - { after: 1m }\n      - { after: 2m }", "steps: [{ after: 5m }]")]
    [InlineData("queues/billing/tier", "tier1", "      - { after: 2m }\n", "      - { after: 2m }\n    tier: tier1\n")]
    [InlineData("queues/empty/tier", "tier1", "empty: {}", "empty: { tier: tier1 }")]
    [InlineData("queues/nothing/tier", "tier1", "nothing:", "nothing: { tier: tier1 }")]
    [InlineData("queues/new/tier", "tier1", "  nothing:\n", "  nothing:\n  new: { tier: tier1 }\n")]
    [InlineData("calendars/office/week/sat", "closed", "sat: '10:00-14:00'", "sat: closed")]
    [InlineData("calendars/office/week/sun", "'1-2, 3-4'", "sat: '10:00-14:00'\n", "sat: '10:00-14:00'\n      sun: '1-2, 3-4'\n")]
    [InlineData("last", "2", "last: 1", "last: 2")]
    [InlineData("more/and/more", "2", "last: 1", "last: 1\nmore: { and: { more: 2 } }")]
    public void Change_TouchesNothingElse(string path, string? value, string before, string after)
    {
        Assert.Contains(before, Text, StringComparison.Ordinal);

        Assert.Equal(Text.Replace(before, after, StringComparison.Ordinal), YamlEdit.Apply(Text, [Change(path, value)]));
        Assert.Equal(Text.Replace(before, after, StringComparison.Ordinal).ReplaceLineEndings("\r\n"), YamlEdit.Apply(Text.ReplaceLineEndings("\r\n"), [Change(path, value)]));
    }

    [Fact]
    public void Changes_AreMadeTogether()
    {
        var edited = YamlEdit.Apply(Text, [Change("queues/general/a", "1"), Change("queues/general/b", "2"), Change("queues/general/a", null)]);

        Assert.Null(edited); // What is set and taken away is not as meant.
        Assert.Equal(Text.Replace("to: second }", "to: second, a: 1, b: 2 }", StringComparison.Ordinal), YamlEdit.Apply(Text, [Change("queues/general/a", "1"), Change("queues/general/b", "2")]));
        Assert.Equal(Text, YamlEdit.Apply(Text, [Change("queues/general/x", null), Change("queues/x/y", null)]));
    }

    [Theory]
    [InlineData("a: &x { b: 1 }\nc: *x", "a/b")] // The other would change with it.
    [InlineData("a: &x { b: 1 }\nc: *x", "c/b")]
    [InlineData("a: [1, 2]", "a/b")]
    [InlineData("a: 1", "a/b")]
    [InlineData("a: |\n  lines\n", "a")]
    [InlineData("a:\n  - 1 # one\n  - 2\n", "a")] // Its comment would be lost.
    [InlineData("a: {", "a")]
    [InlineData("[a]", "a")]
    [InlineData("", "a")]
    public void WhatCannotBeChangedAlone_IsLeft(string text, string path) => Assert.Null(YamlEdit.Apply(text, [Change(path, "9")]));

    [Theory]
    [InlineData("office", "office")]
    [InlineData("08:00-12:00", "08:00-12:00")]
    [InlineData("08:00-12:00, 13:00-18:00", "'08:00-12:00, 13:00-18:00'")]
    [InlineData("true", "'true'")]
    [InlineData("it's: so", "'it''s: so'")]
    [InlineData("a # b", "'a # b'")]
    [InlineData("", "''")]
    public void Word_IsReadAsItWasMeant(string text, string written) => Assert.Equal(written, YamlChange.Word(text));

    private static YamlChange Change(string path, string? value) => new([.. path.Split('/')], value);
}
