namespace CustomerService.Language;

/// <summary>What one language's mood is read with.</summary>
internal sealed record SentimentModels(LinearModel Sentiment, LinearModel Emotions, LinearModel Urgency, Lexicon Valence, Lexicon Pressure);
