using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Assistants.Automation;

/// <summary>What is known about a message when the assistant asks itself whether it may answer.</summary>
/// <param name="Confidence">Of the intent, 0…1.</param>
internal sealed record AutomationCase(string Intent, double Confidence)
{
    public bool ConfidenceKnown { get; init; } = true;

    public string Language { get; init; } = "en";

    public bool LanguageServed { get; init; } = true;

    public double Sentiment { get; init; }

    public string Urgency { get; init; } = "normal";

    public int ProofsFailed { get; init; }

    public bool IdentityProven { get; init; }

    /// <summary>A word in the message that needs a person.</summary>
    public string? NeedsPersonBecauseOf { get; init; }

    /// <summary>The best public article's score; null where none is needed.</summary>
    public double? KnowledgeConfidence { get; init; }
}

/// <param name="Confidence">That an answer without a person is right, 0…1.</param>
/// <param name="Factors">What speaks against it, blocking or not.</param>
internal sealed record AutomationDecision(bool CanAutomate, double Confidence, ImmutableArray<RiskFactor> Factors)
{
    /// <summary>Decides: any blocking factor needs a person; the rest lowers the confidence.</summary>
    public static AutomationDecision Of(AutomationRules rules, AutomationCase facts)
    {
        var factors = ImmutableArray.CreateBuilder<RiskFactor>();
        if (facts.Intent is "unknown" or "talk_to_human")
            factors.Add(new("intent", true, facts.Intent == "unknown" ? "not understood" : "the customer asks for a person"));
        else if (rules.PersonIntents.Contains(facts.Intent))
            factors.Add(new("intent", true, $"{facts.Intent} is a person's"));
        else if (facts.ConfidenceKnown && facts.Confidence < rules.LeastIntentConfidence)
            factors.Add(new("intent_confidence", true, $"{Text(facts.Confidence)} is under {Text(rules.LeastIntentConfidence)}"));
        if (!facts.LanguageServed)
            factors.Add(new("language", true, $"no answers in '{facts.Language}'"));
        if (facts.Sentiment < rules.LeastSentiment)
            factors.Add(new("sentiment", true, $"{Text(facts.Sentiment)} is under {Text(rules.LeastSentiment)}"));
        else if (facts.Sentiment < rules.LeastSentiment / 2)
            factors.Add(new("sentiment", false, $"the customer is unhappy ({Text(facts.Sentiment)})"));
        if (facts.Urgency is "critical" or "high")
            factors.Add(new("urgency", facts.Urgency == "critical", facts.Urgency));
        if (facts.ProofsFailed >= rules.MostFailedProofs && !facts.IdentityProven)
            factors.Add(new("identity_locked", true, $"{facts.ProofsFailed} wrong proofs of identity"));
        else if (facts.ProofsFailed > 0 && !facts.IdentityProven)
            factors.Add(new("identity", false, $"{facts.ProofsFailed} wrong proofs of identity"));
        if (facts.NeedsPersonBecauseOf is { } word)
            factors.Add(new("compliance", true, $"the message says '{word}'"));
        if (facts.KnowledgeConfidence is { } knowledge && knowledge < rules.LeastKnowledgeConfidence)
            factors.Add(new("knowledge", true, $"no article answers it (best {Text(knowledge)})"));
        return new(!factors.Any(factor => factor.Blocks), Confident(facts, factors), factors.ToImmutable());
    }

    private static double Confident(AutomationCase facts, IReadOnlyCollection<RiskFactor> factors)
    {
        var confidence = facts.ConfidenceKnown ? facts.Confidence : 0.5;
        if (facts.KnowledgeConfidence is { } knowledge)
            confidence = Math.Min(confidence, (confidence + knowledge) / 2);
        foreach (var factor in factors)
            confidence *= factor.Blocks ? 0.2 : 0.9;
        return Math.Round(Math.Clamp(confidence, 0, 1), 4);
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <param name="Name">A stable word, such as <c>language</c>.</param>
/// <param name="Blocks">Whether it alone needs a person.</param>
internal sealed record RiskFactor(string Name, bool Blocks, string Detail);
