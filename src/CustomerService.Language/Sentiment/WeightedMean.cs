namespace CustomerService.Language;

/// <summary>Reads a number from a model whose labels are steps of a scale.</summary>
internal static class WeightedMean
{
    public static double Of(LinearModel model, NgramCounts ngrams, Func<string, double> valueOf)
    {
        Span<float> confidences = stackalloc float[model.Labels.Length];
        model.Score(ngrams, confidences);
        var (sum, weights) = (0.0, 1e-9);
        for (var i = 0; i < confidences.Length; i++)
        {
            // Squared, so that a step which is clearly meant is not watered down by what its neighbours hold.
            var weight = confidences[i] * confidences[i];
            (sum, weights) = (sum + weight * valueOf(model.Labels[i]), weights + weight);
        }

        return sum / weights;
    }
}
