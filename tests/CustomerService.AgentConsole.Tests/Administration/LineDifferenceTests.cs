using CustomerService.AgentConsole.Administration;

namespace CustomerService.AgentConsole.Tests.Administration;

public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\nb\n", "a\r\nb", " a| b")]
    [InlineData("", "a", "+a")]
    [InlineData("a\nb\nc", "a\nc", " a|-b| c")]
    [InlineData("a\nb\nc", "a\nx\nc\nd", " a|-b|+x| c|+d")]
    [InlineData("one\ntwo\nthree\nfour", "two\nfour\nfive", "-one| two|-three| four|+five")]
    public void What_stays_stays_and_the_rest_is_removed_or_added(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join('|', LineDifference.Of(before, after).Select(line => (line.IsSame ? " " : line.After is null ? "-" : "+") + line.Text)));

    [Fact]
    public void Numbers_are_those_of_the_two_texts() =>
        Assert.Equal<ComparedLine>([new(1, 1, "a"), new(2, null, "b"), new(null, 2, "x"), new(3, 3, "c")], LineDifference.Of("a\nb\nc", "a\nx\nc"));

    [Fact]
    public void Texts_too_long_to_compare_are_replaced_whole_between_what_they_share()
    {
        var (before, after) = (Text("old", 3_000), Text("new", 3_000));

        var lines = LineDifference.Of(before, after);

        Assert.Equal((6_002, 2), (lines.Length, lines.Count(line => line.IsSame)));
    }

    [Fact]
    public void Only_what_changed_is_shown_with_some_lines_around_it()
    {
        var before = string.Join('\n', Enumerable.Range(1, 30));

        var shown = LineDifference.Changes(LineDifference.Of(before, before.Replace("15", "x", StringComparison.Ordinal)), around: 1).Select(line => line?.Text ?? "…");

        Assert.Equal(["…", "14", "15", "x", "16", "…"], shown);
    }

    private static string Text(string word, int lines) => $"first\n{string.Join('\n', Enumerable.Range(1, lines).Select(number => $"{word} {number}"))}\nlast";
}
