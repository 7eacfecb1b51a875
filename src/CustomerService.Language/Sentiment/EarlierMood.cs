namespace CustomerService.Language;

/// <summary>What the customer's earlier messages add to the mood of one.</summary>
/// <param name="Score">-1…1, the last ones counting most.</param>
/// <param name="AskedAgain">Whether one of them was nearly the same.</param>
internal readonly record struct EarlierMood(double Score, bool AskedAgain)
{
    private const int ThatCount = 3;
    private const int WordsCompared = 60;
    private const double RepeatedWords = 0.6;

    /// <param name="earlier">Oldest first.</param>
    public static EarlierMood Of(NormalizedText now, IReadOnlyList<string>? earlier, Lexicon valence)
    {
        if (earlier is null or [])
            return default;
        var (sum, weights, again) = (0.0, 0.0, false);
        for (var i = Math.Max(0, earlier.Count - ThatCount); i < earlier.Count; i++)
        {
            using var before = MessageFeatures.ReadWords(earlier[i]);
            var (good, bad, _) = valence.Read(before.Text);
            var weight = 1.0 / (earlier.Count - i);
            (sum, weights) = (sum + weight * (good - bad), weights + weight);
            again |= IsRepeated(now.Words, before.Text.Words);
        }

        return new EarlierMood(sum / weights, again);
    }

    private static bool IsRepeated(ReadOnlySpan<Word> now, ReadOnlySpan<Word> before)
    {
        now = now[..Math.Min(now.Length, WordsCompared)];
        before = before[..Math.Min(before.Length, WordsCompared)];
        if (now.Length < 3 || before.Length < 3)
            return false; // "Hello" again, "yes" again: no sign of trouble.
        var same = 0;
        foreach (var word in now)
        {
            foreach (var other in before)
            {
                if (word.Hash == other.Hash)
                {
                    same++;
                    break;
                }
            }
        }

        return same >= RepeatedWords * (now.Length + before.Length - same);
    }
}
