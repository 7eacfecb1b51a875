using System.Collections.Frozen;

namespace CustomerService.Language;

/// <summary>
/// All that is understood of a message locally, without any server: language, intents, sentiment, emotions, urgency, in English, Spanish, French, German and
/// Japanese. The text is read once for all of them. Thread-safe.
/// </summary>
public sealed class MessageUnderstanding
{
    /// <summary>What a text without a single letter is read in.</summary>
    private const string Otherwise = "en";

    /// <summary>How many earlier messages may tell the language of one that does not show it.</summary>
    private const int EarlierThatTell = 4;

    /// <summary>A message that is less surely in its language is in that of the conversation: "lena.berg@example.com" looks German, and tells nothing.</summary>
    private const double SureOfAnother = 0.9;

    private readonly LanguageIdentifier _languages;
    private readonly FrozenDictionary<string, LanguageReader> _readers;
    private readonly LanguageReader? _anyLanguage;

    private MessageUnderstanding(string? folder, LinearModel? intents)
    {
        _languages = new LanguageIdentifier(ShippedModels.Model(ShippedModels.Languages, folder));
        _readers = ShippedModels.Codes
            .Select(language => new LanguageReader(language, folder, intents is null || intents.Language is "" || intents.Language == language ? intents : null))
            .ToFrozenDictionary(reader => reader.Language);
        _anyLanguage = intents?.Language == "" ? _readers[Otherwise] : null;
        Intents = [.. _readers.Values.SelectMany(reader => reader.IntentHead.Labels).Where(label => label != IntentRanking.Unknown).Distinct().Order(StringComparer.Ordinal)];
    }

    public ILanguageIdentifier Languages => _languages;

    /// <summary>All intents that can be named, in ordinal order, without <see cref="IntentRanking.Unknown"/>.</summary>
    public IReadOnlyList<string> Intents { get; }

    /// <summary>With the models that the project ships.</summary>
    public static MessageUnderstanding LoadShipped() => new(null, null);

    /// <summary>
    /// With an owner's own: a file's intents take the place of the shipped ones in the language that it was trained on, or in all, also those that we do not know, where it was not said;
    /// a folder's models (languages.bin, en.bin, es.bin, …) take the place of the shipped ones of the same name, for the questions that they answer.
    /// Errors are those of <see cref="LinearModel.Load(string)"/>; a missing file or folder is a <see cref="FileNotFoundException"/>.
    /// </summary>
    public static MessageUnderstanding Load(string path)
    {
        if (File.Exists(path))
            return Load(LinearModel.Load(path));
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no model and no folder of models at '{path}'. Make one with `train`.");
        return Directory.EnumerateFiles(path, "*.bin").Any()
            ? new(path, null)
            : throw new FileNotFoundException($"There is no model in the folder '{path}': it needs files such as en.bin, as `train --out {path}` makes them.");
    }

    /// <summary>With the owner's own intents, as <see cref="ModelTrainer"/> made them, and the shipped models for all else.</summary>
    public static MessageUnderstanding Load(LinearModel intents) => new(null, intents);

    /// <summary>The language whose models read a message: the one that it is in, else the one that it fits best.</summary>
    public string LanguageFor(string text)
    {
        using var features = MessageFeatures.Read(text);
        return Decide(features, _languages.Identify(features), null).Reader.Language;
    }

    /// <summary>Never fails, whatever the text: empty, enormous, broken Unicode. What stands after 4,000 characters is not analysed.</summary>
    /// <param name="text">The message.</param>
    /// <param name="earlier">
    /// What the same customer wrote before in this conversation, oldest first. The last ones colour a message that is matter-of-fact by itself, a question
    /// asked again shows frustration, and a message that does not show its language ("ok") is taken to be in theirs.
    /// </param>
    public MessageSignals Understand(string text, IReadOnlyList<string>? earlier = null)
    {
        using var features = MessageFeatures.Read(text);
        var reading = _languages.Identify(features);
        var (language, confidence) = (reading.Language, reading.Confidence);
        if (!reading.MayBeKnown)
            return new MessageSignals(language, confidence, _anyLanguage?.Intent(features) ?? IntentRanking.None, SentimentReading.Neutral);
        if (!_readers.TryGetValue(language, out var reader) || (confidence < SureOfAnother && earlier is { Count: > 0 }))
            (language, confidence, reader) = Decide(features, reading, earlier);
        var (intent, mood) = reader.Read(text, features, earlier);
        return new MessageSignals(language, confidence, intent, mood);
    }

    /// <summary>A message that does not show its language: that of the conversation; else it is read in the likeliest or the one that it fits best, which is not claimed to be its own.</summary>
    private (string Language, double Confidence, LanguageReader Reader) Decide(MessageFeatures features, LanguageReading reading, IReadOnlyList<string>? earlier)
    {
        var (before, sureness) = ("", 0.0);
        for (var i = (earlier?.Count ?? 0) - 1; i >= Math.Max(0, (earlier?.Count ?? 0) - EarlierThatTell) && sureness < SureOfAnother; i--)
        {
            var told = _languages.Identify(earlier![i]);
            if (told.Confidence > sureness && _readers.ContainsKey(told.Language))
                (before, sureness) = told;
        }

        if (_readers.TryGetValue(before, out var reader))
            return (before, sureness / 2, reader);
        if (reading.Likeliest is null || !_readers.TryGetValue(reading.Likeliest, out reader))
            reader = features.Text.Scripts.Total == 0 ? _readers[Otherwise] : _readers.Values.MaxBy(each => each.Intent(features).Confidence)!;
        return (reading.Language, reading.Confidence, reader);
    }
}
