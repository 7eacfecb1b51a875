using System.Globalization;

namespace CustomerService.Language;

/// <summary>
/// Words and phrases with weights, read from a word list; and the reading of a message by them: negation ("not happy", "not bad"),
/// strengthening ("really", "a bit"), exclamation marks, and what stands after "but" counting more than what stands before.
/// </summary>
internal abstract class Lexicon
{
    private const float Strongest = 0.97f;

    /// <summary>What a negated weight is multiplied with: "not happy" is less bad than "happy" is good.</summary>
    protected const float Negated = -0.6f;

    /// <summary>Reads a list; an entry that makes no sense is an <see cref="InvalidDataException"/> with file and line.</summary>
    /// <param name="wordsAreSpaced">False where phrases are to be found anywhere in the text, as in Japanese.</param>
    public static Lexicon Parse(TextReader reader, string file, bool wordsAreSpaced = true)
    {
        Lexicon lexicon = wordsAreSpaced ? new WordLexicon() : new RunLexicon();
        for (var (line, number) = (reader.ReadLine(), 1); line is not null; (line, number) = (reader.ReadLine(), number + 1))
        {
            if (line.Length > 0 && line[0] != '#' && !lexicon.Add(line))
                throw new InvalidDataException($"{file}, line {number}: '{line}' is no entry, or stands there twice; write 'phrase weight' ({lexicon.Phrase}, weight -1 to 1), '! word' or '+ word factor'.");
        }

        return lexicon;
    }

    /// <summary>Weighs all entries in the message.</summary>
    public abstract LexiconReading Read(NormalizedText message);

    /// <summary>What may be an entry, for people.</summary>
    protected abstract string Phrase { get; }

    protected abstract bool AddPhrase(NormalizedText phrase, float weight);

    protected abstract bool AddBooster(NormalizedText word, float factor);

    protected abstract bool AddNegation(NormalizedText word);

    private bool Add(string line)
    {
        var kind = line[0] is '!' or '+' ? line[0] : ' ';
        var body = kind == ' ' ? line : line[1..].TrimStart();
        var space = kind == '!' ? body.Length : body.LastIndexOf(' ');
        var number = 0f;
        if (space <= 0 || (kind != '!' && !float.TryParse(body.AsSpan(space), NumberStyles.Float, CultureInfo.InvariantCulture, out number)))
            return false;
        using var entry = MessageFeatures.ReadWords(body.AsSpan(0, space));
        return !entry.Text.Words.IsEmpty && kind switch
        {
            '!' => AddNegation(entry.Text),
            '+' => AddBooster(entry.Text, number),
            _ => number is >= -1 and <= 1 && AddPhrase(entry.Text, number),
        };
    }

    /// <summary>Adds up what is found in one message.</summary>
    protected struct Findings(NormalizedText message)
    {
        private readonly float _loudness = 1 + 0.08f * Math.Min(3, message.Exclamations);
        private float _notFor = 1, _notAgainst = 1, _strongest = 0;

        /// <param name="weight">As listed.</param>
        /// <param name="factor">What the words around it do to it; below 0 they turn it around.</param>
        public void Add(float weight, float factor)
        {
            var strength = Math.Clamp(weight * factor * _loudness, -Strongest, Strongest);
            if (strength > 0)
                _notFor *= 1 - strength;
            else
                _notAgainst *= 1 + strength;
            _strongest = factor > 0 ? Math.Max(_strongest, weight) : _strongest;
        }

        /// <summary>What was found so far stands before a "but".</summary>
        public void TurnAround() => (_notFor, _notAgainst) = (1 - 0.5f * (1 - _notFor), 1 - 0.5f * (1 - _notAgainst));

        public readonly LexiconReading Sum() => new(1 - _notFor, 1 - _notAgainst, _strongest);
    }
}

/// <summary>What a <see cref="Lexicon"/> finds in a message.</summary>
/// <param name="For">How much speaks for it, 0…1: the positive weights, joined so that more of them approach 1.</param>
/// <param name="Against">How much speaks against it, likewise.</param>
/// <param name="Strongest">The largest positive weight in the list itself, 0 where none stands un-negated.</param>
internal readonly record struct LexiconReading(float For, float Against, float Strongest);
