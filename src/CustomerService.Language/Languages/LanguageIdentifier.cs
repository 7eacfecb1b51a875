using System.Buffers;

namespace CustomerService.Language;

/// <summary>Japanese by its script; languages in Latin letters by a linear model over their words and letter runs.</summary>
internal sealed class LanguageIdentifier(LinearModel model) : ILanguageIdentifier
{
    public const string Undetermined = "und";

    /// <summary>With fewer letters than these a text hardly tells: "no" is at home everywhere.</summary>
    private const double TellingLetters = 6;

    /// <summary>Everyday characters of Chinese that Japanese does not write so.</summary>
    private static readonly SearchValues<char> ChineseOnly = SearchValues.Create("们這这嗎吗您请謝谢买问时过发货单还么东无订给让说话电机");

    public (string Language, double Confidence) Identify(ReadOnlySpan<char> text)
    {
        using var features = MessageFeatures.Read(text);
        return Identify(features);
    }

    internal (string Language, double Confidence) Identify(MessageFeatures features)
    {
        var scripts = features.Text.Scripts;
        if (scripts.Total == 0)
            return (Undetermined, 0);
        var eastAsian = scripts.Kana + scripts.Han;
        if (4 * eastAsian >= scripts.Total && eastAsian > scripts.Other) // A character says as much as several letters.
            return EastAsian(features.Text, scripts);
        return scripts.Other > scripts.Latin ? (Undetermined, 0.9) : Latin(features.Ngrams, scripts.Latin);
    }

    private static (string, double) EastAsian(NormalizedText text, ScriptCounts scripts)
    {
        if (scripts.Kana > 0)
            return ("ja", 0.99);
        return text.Text.ContainsAny(ChineseOnly) ? (Undetermined, 0.8) : ("ja", 0.6);
    }

    private (string, double) Latin(NgramCounts ngrams, int letters)
    {
        Span<float> confidences = stackalloc float[model.Labels.Length];
        model.Score(ngrams, confidences);
        var best = 0;
        for (var i = 1; i < confidences.Length; i++)
            best = confidences[i] > confidences[best] ? i : best;
        var confidence = confidences[best] * Math.Min(1, letters / TellingLetters);
        var isTold = confidence >= Math.Max(0.5, model.Threshold) && model.Labels[best] != IntentRanking.Unknown;
        return (isTold ? model.Labels[best] : Undetermined, confidence);
    }
}
