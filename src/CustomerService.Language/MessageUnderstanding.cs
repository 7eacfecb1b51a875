namespace CustomerService.Language;

/// <summary>
/// All that is understood of a message locally, without any server: language, intent, sentiment, emotions, urgency. The text is read
/// once for all of them. Thread-safe. Intents and mood are read in English; a message that is surely in another language
/// comes out as <see cref="IntentRanking.None"/> and <see cref="SentimentReading.Neutral"/>.
/// </summary>
public sealed class MessageUnderstanding
{
    private const double SurelyAnotherLanguage = 0.6;

    private readonly LanguageIdentifier _languages;
    private readonly LinearIntentClassifier _intents;
    private readonly SentimentAnalyzer _sentiment;

    private MessageUnderstanding(LinearModel intents, string? folder)
    {
        _languages = new LanguageIdentifier(ShippedModels.Model(ShippedModels.Languages, folder));
        _intents = new LinearIntentClassifier(intents);
        _sentiment = new SentimentAnalyzer(new SentimentModels(
            ShippedModels.Model(ShippedModels.Sentiment, folder),
            ShippedModels.Model(ShippedModels.Emotions, folder),
            ShippedModels.Model(ShippedModels.Urgency, folder),
            ShippedModels.Lexicon("en.valence.lexicon.txt"),
            ShippedModels.Lexicon("en.urgency.lexicon.txt")));
    }

    public ILanguageIdentifier Languages => _languages;

    public IIntentClassifier Intents => _intents;

    public ISentimentAnalyzer Sentiment => _sentiment;

    /// <summary>With the models that the project ships.</summary>
    public static MessageUnderstanding LoadShipped() => new(ShippedModels.Model(ShippedModels.Intents), null);

    /// <summary>
    /// With the models of a folder where it has them (languages.bin, en.intents.bin, en.sentiment.bin, en.emotions.bin, en.urgency.bin), else the shipped
    /// ones. Errors are those of <see cref="LinearModel.Load(string)"/>; a missing folder is a <see cref="DirectoryNotFoundException"/>.
    /// </summary>
    public static MessageUnderstanding Load(string folder) => Directory.Exists(folder)
        ? new(ShippedModels.Model(ShippedModels.Intents, folder), folder)
        : throw new DirectoryNotFoundException($"There is no folder of models at '{folder}'.");

    /// <summary>With the owner's own intents, as <see cref="ModelTrainer"/> made them, and the shipped models for all else.</summary>
    public static MessageUnderstanding Load(LinearModel intents) => new(intents, null);

    /// <summary>As <see cref="Load(LinearModel)"/>, from a model file's stream.</summary>
    public static MessageUnderstanding Load(Stream intents) => Load(LinearModel.Load(intents));

    /// <summary>Never fails, whatever the text: empty, enormous, broken Unicode. What stands after 4,000 characters is not analysed.</summary>
    /// <param name="text">The message.</param>
    /// <param name="earlier">What the same customer wrote before in this conversation, oldest first; see <see cref="ISentimentAnalyzer"/>.</param>
    public MessageSignals Understand(string text, IReadOnlyList<string>? earlier = null)
    {
        using var features = MessageFeatures.Read(text);
        var (language, confidence) = _languages.Identify(features);
        if (language is not ("en" or LanguageIdentifier.Undetermined) && confidence >= SurelyAnotherLanguage)
            return new MessageSignals(language, confidence, IntentRanking.None, SentimentReading.Neutral);
        return new MessageSignals(language, confidence, _intents.Classify(features), _sentiment.Analyze(features, earlier));
    }
}
