namespace CustomerService.Knowledge;

/// <summary>One order from two, by reciprocal rank: what both rankings have near the top comes first, however their scores are made.</summary>
internal static class RankFusion
{
    // The usual constant: how much the first places are worth before the next.
    private const double Damping = 60;

    /// <summary>Ranked by both; an article's score is the better of what each says.</summary>
    internal static List<(int Row, double Score)> Of(IReadOnlyList<(int Row, double Score)> words, IReadOnlyList<VectorMatch> vectors)
    {
        var fused = new Dictionary<int, (double Rank, double Score)>();
        for (var place = 0; place < words.Count; place++)
            Add(words[place].Row, place, words[place].Score);
        for (var place = 0; place < vectors.Count; place++)
            Add(vectors[place].Row, place, vectors[place].Likelihood);
        return [.. fused.OrderByDescending(pair => pair.Value.Rank).ThenByDescending(pair => pair.Value.Score).ThenBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Score))];

        void Add(int row, int place, double score)
        {
            var (rank, best) = fused.GetValueOrDefault(row);
            fused[row] = (rank + 1 / (Damping + place + 1), Math.Max(best, score));
        }
    }
}
