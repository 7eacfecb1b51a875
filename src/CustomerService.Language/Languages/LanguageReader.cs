namespace CustomerService.Language;

/// <summary>Reads messages of one language: what the customer wants, and the mood. Thread-safe.</summary>
internal sealed class LanguageReader
{
    private readonly LinearModel _intentModel, _moodModel;
    private readonly IntentRanker _ranker;
    private readonly MoodReader _mood;

    /// <param name="language">Its two-letter code.</param>
    /// <param name="folder">Holds models that take the place of shipped ones, for the questions that they answer; or null.</param>
    /// <param name="intents">Takes the place of all other models for the intents; or null.</param>
    public LanguageReader(string language, string? folder, LinearModel? intents)
    {
        Language = language;
        var model = ShippedModels.Model(ShippedModels.Of(language), folder);
        _intentModel = intents ?? model;
        _moodModel = MoodReader.CanRead(model) ? model : ShippedModels.Model(ShippedModels.Of(language));
        IntentHead = _intentModel.Head(LinearHead.Intent)
            ?? throw new InvalidDataException("The model was not trained on intents. Train it with `train`, on messages and their intents.");
        _ranker = new IntentRanker(IntentHead);
        _mood = new MoodReader(_moodModel, ShippedModels.Lexicon(language, "valence"), ShippedModels.Lexicon(language, "urgency"));
    }

    public string Language { get; }

    public LinearHead IntentHead { get; }

    public (IntentRanking Intent, SentimentReading Mood) Read(MessageFeatures features, IReadOnlyList<string>? earlier)
    {
        if (features.Text.Words.IsEmpty)
            return (IntentRanking.None, SentimentReading.Neutral);
        var margins = _intentModel.Margins(features.Ngrams);
        var intent = _ranker.Rank(margins);
        if (_moodModel != _intentModel)
            margins = _moodModel.Margins(features.Ngrams);
        return (intent, _mood.Read(features, margins, earlier));
    }

    /// <summary>Only what the customer wants.</summary>
    public IntentRanking Intent(MessageFeatures features) =>
        features.Text.Words.IsEmpty ? IntentRanking.None : _ranker.Rank(_intentModel.Margins(features.Ngrams));
}
