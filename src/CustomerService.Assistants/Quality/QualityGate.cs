using System.Collections.Immutable;
using CustomerService.Assistants.Quality.Claims;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Quality;

/// <summary>
/// Reviews a text before it is sent: compliance, tone and accuracy, each 0…1. Pure but for where its rules come from, so that it serves
/// for assistants' answers and people's drafts alike.
/// </summary>
public sealed class QualityGate(IQualityRulesSource source)
{
    /// <summary>The rules in force now.</summary>
    public QualityRules Rules => source.Current;

    /// <summary>Reviews one text. It passes when the mean reaches the pass mark and nothing in it forbids sending.</summary>
    public QualityReview Review(QualitySubject subject)
    {
        var rules = source.Current;
        var plain = PlainText.Of(subject.Text);
        var exposed = ComplianceCheck.Exposed(subject, rules);
        var redacted = Redaction.Without(subject.Text, exposed);
        // What must not be shown is no claim on top.
        ImmutableArray<QualityCheck> checks =
        [
            ComplianceCheck.Check(plain, subject, rules, exposed), ToneCheck.Check(plain, subject, rules),
            AccuracyCheck.Check(exposed.IsEmpty ? plain : PlainText.Of(redacted), subject),
        ];
        var score = Math.Round(checks.Average(check => check.Score), 4);
        var forbidden = checks.Any(check => check.Findings.Any(finding => finding.Forbids));
        return new QualityReview(score, score >= rules.PassMark && !forbidden, checks) { Redacted = redacted };
    }
}

/// <summary>A text and what it is held against.</summary>
/// <param name="Text">The text to be sent.</param>
public sealed record QualitySubject(string Text)
{
    /// <summary>The text's language, such as <c>de</c>; null where it is not known, and then all languages' lists count.</summary>
    public string? Language { get; init; }

    /// <summary>Such as <c>chat</c>; null skips the rules that ask for one.</summary>
    public string? Channel { get; init; }

    /// <summary>The customer's tier; null skips the rules that ask for one.</summary>
    public string? Tier { get; init; }

    /// <summary>What the same writer sent just before, oldest first: a card number may come in two pieces.</summary>
    public ImmutableArray<string> EarlierTexts { get; init; } = [];

    /// <summary>What the customer wants; null skips the match.</summary>
    public string? Intent { get; init; }

    /// <summary>What the text's sources answer; empty skips the match.</summary>
    public ImmutableArray<string> AnsweredIntents { get; init; } = [];

    /// <summary>
    /// The customer's message: an order number and ways to reach somebody from it may be repeated; nothing else of it counts as true. How it
    /// addresses us is how the answer should address them.
    /// </summary>
    public string CustomerMessage { get; init; } = "";

    /// <summary>−1…1.</summary>
    public double CustomerSentiment { get; init; }

    /// <summary>The texts that every number, amount, date, order number, state and address must come from.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Details that may be shown to this customer: their own address, their parcels' tracking numbers.</summary>
    public ImmutableArray<string> OwnDetails { get; init; } = [];

    /// <summary>Whether the house style counts.</summary>
    public bool BrandGuidelines { get; init; } = true;
}

/// <summary>The gate's word on one text.</summary>
/// <param name="Score">The mean of the checks, 0…1.</param>
public sealed record QualityReview(double Score, bool Passed, ImmutableArray<QualityCheck> Checks)
{
    /// <summary>The text with marks in the place of details that must not be shown.</summary>
    public string Redacted { get; init; } = "";

    public ImmutableArray<QualityFinding> Findings => [.. Checks.SelectMany(check => check.Findings)];

    /// <summary>What is wrong, one short line each.</summary>
    public ImmutableArray<string> Issues => [.. Findings.Select(finding => finding.Issue)];

    /// <summary>What to do about it, in the same order.</summary>
    public ImmutableArray<string> Suggestions => [.. Findings.Select(finding => finding.Suggestion).Distinct()];

    public QualityCheck this[string check] => Checks.First(candidate => candidate.Name == check);
}

/// <param name="Name"><c>compliance</c>, <c>tone</c> or <c>accuracy</c>.</param>
/// <param name="Score">0…1.</param>
public sealed record QualityCheck(string Name, double Score, ImmutableArray<QualityFinding> Findings)
{
    internal static QualityCheck Of(string name, List<QualityFinding> findings) =>
        new(name, Math.Clamp(1 - findings.Sum(finding => finding.Weight), 0, 1), [.. findings]);
}

/// <param name="Kind">One of <see cref="FindingKinds"/>.</param>
/// <param name="Weight">What it takes from the check's score, 0…1.</param>
/// <param name="Forbids">Whether it forbids sending whatever the mean.</param>
public sealed record QualityFinding(string Kind, string Issue, string Suggestion, double Weight, bool Forbids = false)
{
    /// <summary>Which of the owner's rules it breaks; null where none.</summary>
    public string? Rule { get; init; }
}
