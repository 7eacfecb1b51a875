using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>
/// Reviews a text before it is sent: compliance, tone and accuracy, each 0…1. Pure, so that it serves for assistants'
/// answers and people's drafts alike.
/// </summary>
public sealed class QualityGate(QualityRules rules)
{
    private readonly ComplianceCheck _compliance = new(rules);
    private readonly ToneCheck _tone = new(rules);

    /// <summary>Reviews one text. It passes when the mean reaches the pass mark and nothing in it forbids sending.</summary>
    public QualityReview Review(QualitySubject subject)
    {
        var plain = PlainText.Of(subject.Text);
        var compliance = _compliance.Check(plain, subject);
        var tone = _tone.Check(plain, subject);
        var accuracy = AccuracyCheck.Check(plain, subject);
        ImmutableArray<QualityCheck> checks = [compliance, tone, accuracy];
        var score = Math.Round(checks.Average(check => check.Score), 4);
        var forbidden = checks.Any(check => check.Findings.Any(finding => finding.Forbids));
        return new QualityReview(score, score >= rules.PassMark && !forbidden, checks);
    }
}

/// <summary>A text and what it is held against.</summary>
/// <param name="Text">The text to be sent.</param>
public sealed record QualitySubject(string Text)
{
    /// <summary>What the customer wants; null skips the match.</summary>
    public string? Intent { get; init; }

    /// <summary>What the text's sources answer; empty skips the match.</summary>
    public ImmutableArray<string> AnsweredIntents { get; init; } = [];

    /// <summary>The customer's message: an order number from it may be repeated, nothing else of it counts as true.</summary>
    public string CustomerMessage { get; init; } = "";

    /// <summary>−1…1.</summary>
    public double CustomerSentiment { get; init; }

    /// <summary>The texts that every number, amount, date, order number and address must come from.</summary>
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
    /// <summary>What is wrong, one short line each.</summary>
    public ImmutableArray<string> Issues => [.. Checks.SelectMany(check => check.Findings).Select(finding => finding.Issue)];

    /// <summary>What to do about it, in the same order.</summary>
    public ImmutableArray<string> Suggestions => [.. Checks.SelectMany(check => check.Findings).Select(finding => finding.Suggestion).Distinct()];

    public QualityCheck this[string check] => Checks.First(candidate => candidate.Name == check);
}

/// <param name="Name"><c>compliance</c>, <c>tone</c> or <c>accuracy</c>.</param>
/// <param name="Score">0…1.</param>
public sealed record QualityCheck(string Name, double Score, ImmutableArray<QualityFinding> Findings)
{
    internal static QualityCheck Of(string name, List<QualityFinding> findings) =>
        new(name, Math.Clamp(1 - findings.Sum(finding => finding.Weight), 0, 1), [.. findings]);
}

/// <param name="Weight">What it takes from the check's score, 0…1.</param>
/// <param name="Forbids">Whether it forbids sending whatever the mean.</param>
public sealed record QualityFinding(string Issue, string Suggestion, double Weight, bool Forbids = false);
