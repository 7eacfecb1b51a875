using System.Buffers;

namespace CustomerService.Language;

/// <summary>Japanese by its script; languages in Latin letters by a linear model over their words and letter runs.</summary>
internal sealed class LanguageIdentifier(LinearModel model) : ILanguageIdentifier
{
    public const string Undetermined = "und";

    /// <summary>With fewer letters than these a text hardly tells: "no" is at home everywhere.</summary>
    private const double TellingLetters = 6;

    /// <summary>From this confidence on a language is told.</summary>
    private const double Sure = 0.5;

    /// <summary>Everyday characters of Chinese that Japanese does not write so.</summary>
    private static readonly SearchValues<char> ChineseOnly = SearchValues.Create("们這这嗎吗您请謝谢买问时过发货单还么东无订给让说话电机");

    private readonly LinearHead _head = model.Head(LinearHead.Language) ?? throw new InvalidDataException("The model of languages has no head 'language'. Train it again.");

    public (string Language, double Confidence) Identify(ReadOnlySpan<char> text)
    {
        using var features = MessageFeatures.Read(text);
        var reading = Identify(features);
        return (reading.Language, reading.Confidence);
    }

    internal LanguageReading Identify(MessageFeatures features)
    {
        var scripts = features.Text.Scripts;
        if (scripts.Total == 0)
            return new(Undetermined, 0, MayBeKnown: true, Likeliest: null);
        var eastAsian = scripts.Kana + scripts.Han;
        if (4 * eastAsian >= scripts.Total && eastAsian > scripts.Other) // A character says as much as several letters.
            return EastAsian(features.Text, scripts);
        return scripts.Other > scripts.Latin ? new(Undetermined, 0.9, MayBeKnown: false, Likeliest: null) : Latin(features.Ngrams, scripts.Latin);
    }

    private static LanguageReading EastAsian(NormalizedText text, ScriptCounts scripts)
    {
        if (scripts.Kana > 0)
            return new("ja", 0.99, MayBeKnown: true, Likeliest: "ja");
        return text.Text.ContainsAny(ChineseOnly) ? new(Undetermined, 0.8, MayBeKnown: false, Likeliest: null) : new("ja", 0.9, MayBeKnown: true, Likeliest: "ja");
    }

    private LanguageReading Latin(NgramCounts ngrams, int letters)
    {
        var confidences = _head.Confidences(model.Margins(ngrams));
        var best = 0;
        for (var i = 1; i < confidences.Length; i++)
            best = confidences[i] > confidences[best] ? i : best;
        var confidence = confidences[best] * Math.Min(1, letters / TellingLetters);
        var isSure = confidence >= Sure;
        if (best == _head.UnknownLabel)
            return new(Undetermined, confidence, MayBeKnown: !isSure, Likeliest: null);
        return new(isSure ? _head.Labels[best] : Undetermined, confidence, MayBeKnown: true, Likeliest: _head.Labels[best]);
    }
}

/// <summary>What a text tells of its language.</summary>
/// <param name="Language">A two-letter code, or <see cref="LanguageIdentifier.Undetermined"/>.</param>
/// <param name="Confidence">0…1.</param>
/// <param name="MayBeKnown">False where it is surely a language that we do not know.</param>
/// <param name="Likeliest">Of the languages that we know the one that it most likely is, however uncertain; null where nothing speaks for any.</param>
internal readonly record struct LanguageReading(string Language, double Confidence, bool MayBeKnown, string? Likeliest);
