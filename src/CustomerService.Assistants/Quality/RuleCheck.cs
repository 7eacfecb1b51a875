using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>Holds a text against the owner's own rules.</summary>
internal static class RuleCheck
{
    public static void Check(string plain, QualitySubject subject, ImmutableArray<QualityRule> rules, List<QualityFinding> findings)
    {
        foreach (var rule in rules)
        {
            if (!Applies(rule, subject))
                continue;
            if (rule.MustNotSay.FirstIn(plain) is { } said)
                findings.Add(Broken(rule, $"'{said}' must not be said", $"Say it without '{said}'."));
            if (!rule.MustSay.Terms.IsEmpty && rule.MustSay.FirstIn(plain) is null)
                findings.Add(Broken(rule, $"'{rule.MustSay.Terms[0]}' has to be said", $"Add: {rule.MustSay.Terms[0]}"));
            if (rule.NeedsApproval.FirstIn(plain) is { } promised)
                findings.Add(Broken(rule, $"'{promised}' needs approval", $"Ask for approval, or say it without '{promised}'."));
        }
    }

    private static bool Applies(QualityRule rule, QualitySubject subject) =>
        IsAmong(rule.Languages, subject.Language) && IsAmong(rule.Intents, subject.Intent) && IsAmong(rule.Channels, subject.Channel) && IsAmong(rule.Tiers, subject.Tier);

    private static bool IsAmong(ImmutableArray<string> wanted, string? actual) => wanted.IsEmpty || (actual is not null && wanted.Contains(actual, StringComparer.OrdinalIgnoreCase));

    private static QualityFinding Broken(QualityRule rule, string what, string suggestion) =>
        new(FindingKinds.Rule, $"The rule '{rule.Id}': {what}.", rule.Suggestion.Length > 0 ? rule.Suggestion : suggestion, rule.Blocks ? 1 : 0.3, rule.Blocks) { Rule = rule.Id };
}
