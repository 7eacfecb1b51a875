namespace CustomerService.Language;

/// <summary>What a message tells, by itself and by what came before it.</summary>
/// <param name="Language">en, es, fr, de, ja, or und where it cannot be told.</param>
/// <param name="LanguageConfidence">0…1.</param>
/// <param name="Intent">What the customer wants.</param>
/// <param name="Sentiment">The customer's mood.</param>
public sealed record MessageSignals(string Language, double LanguageConfidence, IntentRanking Intent, SentimentReading Sentiment);
