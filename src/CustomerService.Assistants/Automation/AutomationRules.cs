using System.Collections.Immutable;

namespace CustomerService.Assistants.Automation;

/// <summary>The thresholds of the automation check; settings of the owner.</summary>
public sealed record AutomationRules
{
    /// <summary>Least confidence in the intent, 0…1. Default 0.5.</summary>
    public double LeastIntentConfidence { get; init; } = 0.5;

    /// <summary>Least score of the best public article where the answer comes from one, 0…1. Default 0.4.</summary>
    public double LeastKnowledgeConfidence { get; init; } = 0.4;

    /// <summary>Mood under which a person answers, −1…1. Default −0.5.</summary>
    public double LeastSentiment { get; init; } = -0.5;

    /// <summary>Intents that are a person's whatever the confidence. Default: complaint, fraud_report, urgent_issue.</summary>
    public ImmutableHashSet<string> PersonIntents { get; init; } = ["complaint", "fraud_report", "urgent_issue"];

    /// <summary>Wrong proofs of identity in one conversation after which a person takes over. Default 5.</summary>
    public int MostFailedProofs { get; init; } = Responses.IdentityFinding.MostFailures;
}
