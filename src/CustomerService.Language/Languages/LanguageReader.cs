using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>Reads messages of one language: what the customer wants, and the mood. Thread-safe.</summary>
internal sealed class LanguageReader
{
    /// <summary>A part's intent counts from this confidence on.</summary>
    private const double Sure = 0.7;

    private static readonly string[] Courtesies = ["greeting", "goodbye", "thanks"];

    private readonly LinearModel _intentModel, _moodModel;
    private readonly IntentRanker _ranker;
    private readonly int _tellingWords;
    private readonly MoodReader _mood;

    /// <param name="language">Its two-letter code.</param>
    /// <param name="folder">Holds models that take the place of shipped ones, for the questions that they answer; or null.</param>
    /// <param name="intents">Takes the place of all other models for the intents; or null.</param>
    public LanguageReader(string language, string? folder, LinearModel? intents)
    {
        Language = language;
        _tellingWords = language == "ja" ? 2 : 3; // A shorter part says too little by itself; in Japanese a word is a run of one writing.
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

    public (IntentRanking Intent, SentimentReading Mood) Read(string text, MessageFeatures features, IReadOnlyList<string>? earlier)
    {
        if (features.Text.Words.IsEmpty)
            return (IntentRanking.None, SentimentReading.Neutral);
        var margins = _intentModel.Margins(features.Ngrams);
        var intent = _ranker.Rank(margins);
        if (_moodModel != _intentModel)
            margins = _moodModel.Margins(features.Ngrams);
        var mood = _mood.Read(features, margins, earlier);
        return (WithParts(intent, text), mood);
    }

    private IntentRanking WithParts(IntentRanking whole, string text)
    {
        Span<Range> parts = stackalloc Range[MessageParts.Most];
        var count = MessageParts.Split(text, parts);
        if (count < 2)
            return whole;
        var wanted = ImmutableArray<IntentScore>.Empty;
        foreach (var part in parts[..count])
        {
            using var features = MessageFeatures.Read(text.AsSpan(part));
            if (features.Text.Words.Length < _tellingWords)
                continue;
            var (intent, confidence, _) = _ranker.Rank(_intentModel.Margins(features.Ngrams));
            if (confidence >= Sure && intent != IntentRanking.Unknown && intent != whole.Primary && !Courtesies.Contains(intent) && !wanted.Any(known => known.Intent == intent))
                wanted = wanted.Add(new IntentScore(intent, confidence));
        }

        if (wanted.IsEmpty)
            return whole;
        return Courtesies.Contains(whole.Primary) ? BehindTheCourtesy(whole, wanted) : whole with { OfParts = wanted };
    }

    /// <summary>"Good evening, everybody. Where is my parcel?" is no greeting.</summary>
    private static IntentRanking BehindTheCourtesy(IntentRanking whole, ImmutableArray<IntentScore> wanted)
    {
        var (intent, confidence) = wanted.MaxBy(score => score.Confidence);
        var others = whole.Ranked.Where(score => score.Intent != intent).Select(score => score with { Confidence = score.Confidence * (1 - confidence) });
        return new IntentRanking(intent, confidence, [new(intent, confidence), .. others.Take(whole.Ranked.Length - 1)]) { OfParts = wanted.RemoveAll(score => score.Intent == intent) };
    }

    /// <summary>Only what the customer wants.</summary>
    public IntentRanking Intent(MessageFeatures features) =>
        features.Text.Words.IsEmpty ? IntentRanking.None : _ranker.Rank(_intentModel.Margins(features.Ngrams));
}
