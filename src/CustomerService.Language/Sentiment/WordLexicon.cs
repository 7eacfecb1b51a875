namespace CustomerService.Language;

/// <summary>A <see cref="Lexicon"/> of whole words and of phrases of up to <see cref="LongestPhrase"/>; negations stand before what they turn around.</summary>
internal sealed class WordLexicon : Lexicon
{
    private const int LongestPhrase = 4;

    private static readonly HashSet<uint> But = [.. new[] { "but", "however", "pero", "sino", "mais", "cependant", "pourtant", "aber", "jedoch", "sondern" }.Select(word => NgramHash.Word(word))];

    private readonly Dictionary<uint, float> _weights = [];
    private readonly Dictionary<uint, float> _boosters = [];
    private readonly HashSet<uint> _negations = [];

    protected override string Phrase => "up to four words";

    public override LexiconReading Read(NormalizedText message)
    {
        var words = message.Words;
        var findings = new Findings(message);
        for (var i = 0; i < words.Length;)
        {
            if (But.Contains(words[i].Hash))
                findings.TurnAround();
            var length = Match(words[i..], out var weight);
            if (length > 0 && weight != 0)
                findings.Add(weight, Factor(words, i, length));
            i += Math.Max(1, length);
        }

        return findings.Sum();
    }

    protected override bool AddPhrase(NormalizedText phrase, float weight)
    {
        var words = phrase.Words;
        if (words.Length > LongestPhrase)
            return false;
        var hash = words[0].Hash;
        foreach (var word in words[1..])
            hash = NgramHash.Join(hash, word.Hash);
        return _weights.TryAdd(hash, weight);
    }

    protected override bool AddBooster(NormalizedText word, float factor) => word.Words.Length == 1 && _boosters.TryAdd(word.Words[0].Hash, factor);

    protected override bool AddNegation(NormalizedText word) => word.Words.Length == 1 && _negations.Add(word.Words[0].Hash);

    /// <summary>What the words before an entry, in the same clause, and capitals in it do to its weight.</summary>
    private float Factor(ReadOnlySpan<Word> words, int at, int length)
    {
        var factor = 1f;
        var negated = false;
        for (var back = at - 1; back >= 0 && back >= at - 3 && !words[back + 1].ClauseStart; back--)
        {
            if (back >= at - 2 && _boosters.TryGetValue(words[back].Hash, out var booster))
                factor *= booster;
            negated |= _negations.Contains(words[back].Hash);
        }

        if (words[at].Shouted || words[at + length - 1].Shouted)
            factor *= 1.25f;
        return negated ? factor * Negated : factor;
    }

    /// <summary>The longest entry that the words start with: its length in words, 0 where there is none.</summary>
    private int Match(ReadOnlySpan<Word> words, out float weight)
    {
        var found = 0;
        weight = 0;
        var phrase = 0u;
        for (var length = 1; length <= Math.Min(LongestPhrase, words.Length); length++)
        {
            if (length > 1 && words[length - 1].ClauseStart)
                break;
            phrase = length == 1 ? words[0].Hash : NgramHash.Join(phrase, words[length - 1].Hash);
            if (_weights.TryGetValue(phrase, out var entry))
                (found, weight) = (length, entry);
        }

        return found;
    }
}
