using System.Collections;

namespace CustomerService.Language;

/// <summary>A <see cref="Lexicon"/> of character runs that are found anywhere, longest first, as Japanese needs it; negations stand behind what they turn around.</summary>
internal sealed class RunLexicon : Lexicon
{
    private const int BoosterReach = 6;
    private const int NegationReach = 6;

    private static readonly Runs<float> But = new([("しかし", 0), ("ですが", 0), ("けど", 0), ("けれど", 0), ("だが", 0), ("が、", 0)]);

    private readonly Runs<float> _weights = new([]);
    private readonly Runs<float> _boosters = new([]);
    private readonly Runs<float> _negations = new([]);

    protected override string Phrase => "a run of characters without a space";

    public override LexiconReading Read(NormalizedText message)
    {
        var text = message.Text;
        var findings = new Findings(message);
        for (var i = 0; i < text.Length;)
        {
            if (But.Match(text[i..], out _) > 0)
                findings.TurnAround();
            var length = _weights.Match(text[i..], out var weight);
            if (length > 0 && weight != 0)
                findings.Add(weight, Factor(text, i, i + length));
            i += Math.Max(1, length);
        }

        return findings.Sum();
    }

    protected override bool AddPhrase(NormalizedText phrase, float weight) => _weights.Add(phrase.Text.Trim(' '), weight);

    protected override bool AddBooster(NormalizedText word, float factor) => _boosters.Add(word.Text.Trim(' '), factor);

    protected override bool AddNegation(NormalizedText word) => _negations.Add(word.Text.Trim(' '), 0);

    private float Factor(ReadOnlySpan<char> text, int from, int to)
    {
        var factor = 1f;
        for (var at = from - 1; at >= Math.Max(0, from - BoosterReach) && !EndsClause(text[at]); at--)
        {
            if (_boosters.Match(text[at..from], out var booster) > 0)
                factor *= booster;
        }

        for (var at = to; at < Math.Min(text.Length, to + NegationReach) && !EndsClause(text[at]); at++)
        {
            if (_negations.Match(text[at..], out _) > 0)
                return factor * Negated;
        }

        return factor;
    }

    private static bool EndsClause(char c) => c is '。' or '、' or '!' or '?' or '.' or ',' or ' ';

    /// <summary>Runs of characters by their hash, with a quick no for those that start none.</summary>
    private sealed class Runs<T> where T : struct
    {
        private readonly Dictionary<uint, T> _entries = [];
        private readonly BitArray _starts = new(1 << 12);
        private int _longest;

        public Runs(IEnumerable<(string Run, T Value)> entries)
        {
            foreach (var (run, value) in entries)
                Add(run, value);
        }

        public bool Add(ReadOnlySpan<char> run, T value)
        {
            _starts[run[0] & (_starts.Length - 1)] = true;
            _longest = Math.Max(_longest, run.Length);
            var hash = NgramHash.Seed;
            foreach (var c in run)
                hash = NgramHash.Append(hash, c);
            return _entries.TryAdd(NgramHash.Characters(hash, run.Length), value);
        }

        /// <summary>The length of the longest run that the text starts with, 0 where there is none.</summary>
        public int Match(ReadOnlySpan<char> text, out T value)
        {
            (var found, value) = (0, default);
            if (text.IsEmpty || !_starts[text[0] & (_starts.Length - 1)])
                return 0;
            var hash = NgramHash.Seed;
            for (var length = 1; length <= Math.Min(_longest, text.Length); length++)
            {
                hash = NgramHash.Append(hash, text[length - 1]);
                if (_entries.TryGetValue(NgramHash.Characters(hash, length), out var entry))
                    (found, value) = (length, entry);
            }

            return found;
        }
    }
}
