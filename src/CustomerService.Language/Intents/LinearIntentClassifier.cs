using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CustomerService.Language;

/// <summary>Ranks intents by a <see cref="LinearModel"/>.</summary>
public sealed class LinearIntentClassifier : IIntentClassifier
{
    private const int MaxRanked = 5;

    private readonly LinearModel _model;
    private readonly int _unknown;

    public LinearIntentClassifier(LinearModel model)
    {
        _model = model;
        _unknown = model.Labels.IndexOf(IntentRanking.Unknown);
        Intents = model.Labels.RemoveAll(label => label == IntentRanking.Unknown);
    }

    public IReadOnlyList<string> Intents { get; }

    public IntentRanking Classify(string text)
    {
        using var features = MessageFeatures.Read(text);
        return Classify(features);
    }

    internal IntentRanking Classify(MessageFeatures features)
    {
        if (features.Text.Words.IsEmpty)
            return IntentRanking.None;

        var labels = _model.Labels.Length;
        var rented = ArrayPool<float>.Shared.Rent(labels);
        var confidences = rented.AsSpan(0, labels);
        _model.Score(features.Ngrams, confidences);
        var unknown = _unknown < 0 ? 0 : confidences[_unknown];
        var ranked = Best(confidences);
        ArrayPool<float>.Shared.Return(rented);

        var best = ranked[0];
        var isKnown = best.Confidence >= _model.Threshold && best.Confidence >= unknown;
        return new IntentRanking(isKnown ? best.Intent : IntentRanking.Unknown, best.Confidence, ranked);
    }

    private ImmutableArray<IntentScore> Best(Span<float> confidences)
    {
        if (_unknown >= 0)
            confidences[_unknown] = -1;
        var ranked = new IntentScore[Math.Min(MaxRanked, Intents.Count)];
        for (var place = 0; place < ranked.Length; place++)
        {
            var best = 0;
            for (var label = 1; label < confidences.Length; label++)
            {
                if (confidences[label] > confidences[best])
                    best = label;
            }

            ranked[place] = new IntentScore(_model.Labels[best], confidences[best]);
            confidences[best] = -1;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ranked);
    }
}
