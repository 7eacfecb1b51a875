using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Quality;

/// <summary>A conversation that is to be reviewed, and why.</summary>
/// <param name="AgentId">Whose work: who had it last.</param>
/// <param name="Why"><c>rated_low</c>, <c>long</c>, <c>passed_on</c> or <c>chance</c>; empty: the owner's rules do not choose it.</param>
public sealed record SampledCase(CaseRow Case, string AgentId, string Why);

/// <summary>Chooses by the owner's rules; what is left to chance follows from the day, so that everybody who looks sees the same.</summary>
public static class ReviewSample
{
    /// <param name="settled">The day's settled cases.</param>
    public static ImmutableArray<SampledCase> Of(DateOnly day, IEnumerable<CaseRow> settled, SampleRules rules)
    {
        var shuffled = settled.Where(row => row.Parts.Any(part => part.Messages > 0)).OrderBy(row => Lot(day, row), StringComparer.Ordinal).ToList();
        var byRule = shuffled.Select(row => (Row: row, Why: WhyOf(row, rules))).Where(each => each.Why is not null).Select(each => Sampled(each.Row, each.Why!)).ToList();
        var byChance = shuffled.Where(row => WhyOf(row, rules) is null).Select(row => Sampled(row, "chance")).GroupBy(each => each.AgentId).SelectMany(agent => agent.Take(rules.RandomPerAgent));
        return [.. byRule.Concat(byChance).OrderBy(each => Rank(each.Why)).ThenBy(each => Lot(day, each.Case), StringComparer.Ordinal).Take(rules.MostADay)];
    }

    /// <summary>All of the day's settled cases that an agent had last, with the rule that would choose each; none: an empty text.</summary>
    public static ImmutableArray<SampledCase> OfAgent(string agentId, IEnumerable<CaseRow> settled, SampleRules rules) =>
        [.. settled.Where(row => row.Parts.LastOrDefault(part => part.Messages > 0)?.AgentId == agentId).Select(row => Sampled(row, WhyOf(row, rules) ?? ""))];

    private static string? WhyOf(CaseRow row, SampleRules rules) =>
        row.Rating <= rules.RatedAtMost ? "rated_low"
        : rules.PassedOnAtLeast > 0 && row.Parts.Count(part => part.End == PartEnd.PassedOn) >= rules.PassedOnAtLeast ? "passed_on"
        : rules.LongerThanSeconds > 0 && row.ResolutionSeconds > rules.LongerThanSeconds ? "long"
        : null;

    private static SampledCase Sampled(CaseRow row, string why) => new(row, row.Parts.Last(part => part.Messages > 0).AgentId, why);

    private static int Rank(string why) => why switch { "rated_low" => 0, "passed_on" => 1, "long" => 2, _ => 3 };

    private static string Lot(DateOnly day, CaseRow row) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}|{row.ConversationId}|{row.Number}"))));
}
