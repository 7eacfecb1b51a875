using System.Text.RegularExpressions;
using CustomerService.AgentConsole.Layout;
using CustomerService.AgentConsole.Wording;
using CustomerService.Staff;

namespace CustomerService.AgentConsole.Tests;

public sealed partial class RefusalsTests
{
    /// <summary>What nobody at a page is answered, or what says more in its own words than any word for its code could.</summary>
    private static readonly string[] NotForPages =
    [
        // Customers, channels and other programs are told.
        "agent_missing", "attempt_over", "comment_too_long", "conversation_missing", "customer_missing", "message_id_missing", "not_resolved", "not_running", "not_your_conversation",
        "question_open", "rating_out_of_range", "too_many_waiting", "unknown_channel", "unknown_receipt_status", "unknown_status", "with_people",

        // Only the program itself, or a newer one, can cause it.
        "administrator_exists", "too_many_alerts", "unknown_command",

        // The message is what was found wrong with an owner's text or settings, or is in the reader's language already.
        "invalid_desk", "not_an_owners_file", "not_saved", "pipeline_has_errors", "policy_invalid",
    ];

    [Fact]
    public void Whatever_the_staff_can_be_refused_is_said_in_each_language()
    {
        var refused = Sources().SelectMany(text => RefusalPattern().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("offer_gone", refused); // of a grain,
        Assert.Contains("message_too_long", refused); // on a line of its own,
        Assert.Contains("password_weak", refused); // of the staff's part.

        foreach (var language in Words.Languages.Skip(1))
        {
            var said = Refusals.Codes(language).ToHashSet();
            Assert.Equal([], refused.Except(said).Except(NotForPages).Select(code => $"{code} has no words in {language}.json"));
            Assert.Equal([], said.Except(refused).Select(code => $"{code} in {language}.json is refused by nobody"));
        }

        Assert.Equal([], NotForPages.Except(refused));
    }

    [Fact]
    public void A_refusal_is_told_in_the_readers_language_and_else_as_it_came()
    {
        var refused = new StaffRefusedException("no_such_agent", "There is no agent ann; configure the agent first.");

        Assert.StartsWith("Für diese Person gibt es keinen Platz", Acting.Reason(Words.In("de"), refused), StringComparison.Ordinal);
        Assert.Equal(refused.Message, Acting.Reason(Words.In("en"), refused));
        Assert.Equal("The moon is full.", Acting.Reason(Words.In("de"), new StaffRefusedException("full_moon", "The moon is full.")));
    }

    /// <summary>Of all whom the pages ask.</summary>
    private static IEnumerable<string> Sources() =>
        new[] { "grains/CustomerService.Grains", "src/CustomerService.Staff", "src/CustomerService.Gateway/Staff", "src/CustomerService.AgentConsole" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Requires.RepositoryRoot, folder), "*.*", SearchOption.AllDirectories))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex("""\b(?:(?:Refuse|Refused|StaffRefusedException)|StaffRefusedException \w+\(.*\) => new)\(\s*(?:[\w.]+,\s*)?"([a-z_]+)"[,)]""")]
    private static partial Regex RefusalPattern();
}
