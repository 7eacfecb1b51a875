namespace CustomerService.Language;

/// <summary>How well one language is understood, measured with what its corpus holds out of training.</summary>
/// <param name="Language">Its two-letter code.</param>
/// <param name="LanguageTold">The share of messages found to be in it, 0…1.</param>
/// <param name="Intents">What the messages want.</param>
/// <param name="Mood">Null where the corpus holds no mood out.</param>
public sealed record LanguageReport(string Language, double LanguageTold, IntentReport Intents, MoodReport? Mood)
{
    /// <summary>Understands each language's held-out messages as a customer's; languages without any are left out.</summary>
    public static IReadOnlyList<LanguageReport> Of(MessageUnderstanding understanding, Corpus corpus, CancellationToken cancellation = default)
    {
        var reports = new List<LanguageReport>();
        foreach (var language in corpus.Languages)
        {
            if (corpus.HeldOutIntents(language) is not { Count: > 0 } messages)
                continue;
            var mood = corpus.HeldOutMood(language);
            reports.Add(new LanguageReport(
                language,
                messages.Count(message => understanding.Understand(message.Text).Language == language) / (double)messages.Count,
                IntentEvaluation.Of(understanding, messages, cancellation),
                mood.Count > 0 ? MoodReport.Of(understanding, mood) : null));
        }

        return reports;
    }
}
