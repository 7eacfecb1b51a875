using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CustomerService.Language;

/// <summary>Ranks a head's labels as intents.</summary>
internal sealed class IntentRanker(LinearHead head)
{
    private const int MaxRanked = 5;

    private readonly int _ranked = Math.Min(MaxRanked, head.Labels.Length - (head.UnknownLabel < 0 ? 0 : 1));

    /// <param name="margins">The model's; used up.</param>
    public IntentRanking Rank(Span<float> margins)
    {
        var confidences = head.Confidences(margins);
        var unknown = 1f;
        foreach (var confidence in confidences)
            unknown -= confidence;
        if (head.UnknownLabel >= 0)
        {
            unknown += confidences[head.UnknownLabel];
            confidences[head.UnknownLabel] = -1;
        }

        var ranked = new IntentScore[_ranked];
        for (var place = 0; place < ranked.Length; place++)
        {
            var best = 0;
            for (var label = 1; label < confidences.Length; label++)
                best = confidences[label] > confidences[best] ? label : best;
            ranked[place] = new IntentScore(head.Labels[best], confidences[best]);
            confidences[best] = -1;
        }

        var (intent, certainty) = ranked[0];
        var isKnown = certainty >= head.Threshold && certainty >= unknown;
        return new IntentRanking(isKnown ? intent : IntentRanking.Unknown, certainty, ImmutableCollectionsMarshal.AsImmutableArray(ranked));
    }
}
