using System.Text.RegularExpressions;
using CustomerService.AgentConsole.Wording;
using CustomerService.Grains;

namespace CustomerService.AgentConsole.Tests;

public sealed partial class WordsTests
{
    /// <summary>Kinds of words that are put together from what programs call a thing: <c>state.queued</c>.</summary>
    private static readonly string[] Kinds =
        [
            "about", "account", "account_done", "act", "activity", "agent_state", "alert_each", "alert_figure", "alert_severity", "alert_why", "article", "author", "channel", "clock", "delivery", "grain", "inbox", "keep_unit", "language", "list",
            "not_ready", "order", "outcome", "presence", "reply", "resolution", "retention_left", "review", "role", "run", "sampled", "service", "sign_in_reason", "silo", "snooze", "state", "suggestion", "theme", "ticket", "tier",
            "tone", "urgency",
        ];

    [Fact]
    public void Each_language_has_the_same_words()
    {
        var keys = Words.In("en").Keys.Order().ToList();

        Assert.All(Words.Languages, language => Assert.Equal(keys, Words.In(language).Keys.Order()));
        Assert.All(Words.Languages, language => Assert.All(keys, key => Assert.False(string.IsNullOrWhiteSpace(Words.In(language)[key]))));
    }

    [Fact]
    public void What_is_to_be_filled_in_is_the_same_in_each_language()
    {
        foreach (var key in Words.In("en").Keys)
        {
            var holes = Holes(Words.In("en")[key]);
            Assert.All(Words.Languages, language => Assert.Equal(holes, Holes(Words.In(language)[key])));
        }
    }

    [Fact]
    public void Each_word_that_a_page_asks_for_exists_and_each_word_is_asked_for()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Requires.RepositoryRoot, "src", "CustomerService.AgentConsole"), "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var text = string.Concat(sources.Select(File.ReadAllText));
        var keys = Words.In("en").Keys.ToHashSet();
        var asked = AskedFor().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal([], asked.Except(keys));
        Assert.Equal([], keys.Except(asked).Where(key => !Kinds.Contains(key.Split('.')[0])));
    }

    [Fact]
    public void Each_kind_of_grain_has_its_word() =>
        Assert.Equal([], GrainCatalog.All.Select(kind => $"grain.{kind.Name}").Except(Words.In("en").Keys));

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de")]
    [InlineData("pt-BR,ja", "ja")]
    [InlineData("pt", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_browser_gets_the_first_of_its_languages_that_there_is(string? accepted, string language) =>
        Assert.Equal(language, Words.Accepted(accepted).Language);

    [Fact]
    public void An_unknown_word_of_a_program_is_shown_as_it_is() => Assert.Equal("on fire", Words.In("en").Of("state", "on_fire"));

    private static IEnumerable<string> Holes(string text) => HolePattern().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex("\"((?:[a-z_]+)\\.(?:[a-z0-9_]+))\"")]
    private static partial Regex AskedFor();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex HolePattern();
}
