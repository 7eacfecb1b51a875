using System.Globalization;

namespace CustomerService.Language;

/// <summary>
/// Words and phrases with weights, read from a word list; and the reading of a message by them: negation ("not happy", "not bad"),
/// strengthening ("really", "a bit"), capitals, exclamation marks, and what stands after "but" counting more than what stands before.
/// </summary>
internal sealed class Lexicon
{
    private const int LongestPhrase = 3;
    private const float Strongest = 0.97f;

    private static readonly uint But = NgramHash.Word("but");

    private readonly Dictionary<uint, float> _weights = [];
    private readonly Dictionary<uint, float> _boosters = [];
    private readonly HashSet<uint> _negations = [];

    /// <summary>Reads a list; an entry that makes no sense is an <see cref="InvalidDataException"/> with file and line.</summary>
    public static Lexicon Parse(TextReader reader, string file)
    {
        var lexicon = new Lexicon();
        for (var (line, number) = (reader.ReadLine(), 1); line is not null; (line, number) = (reader.ReadLine(), number + 1))
        {
            if (line.Length > 0 && line[0] != '#' && !lexicon.Add(line))
                throw new InvalidDataException($"{file}, line {number}: '{line}' is no entry; write 'phrase weight' (up to three words, weight -1 to 1), '! word' or '+ word factor'.");
        }

        return lexicon;
    }

    /// <summary>Weighs all entries in the message.</summary>
    public LexiconReading Read(NormalizedText message)
    {
        var words = message.Words;
        var (notFor, notAgainst, strongest) = (1f, 1f, 0f);
        var loudness = 1 + 0.08f * Math.Min(3, message.Exclamations);
        for (var i = 0; i < words.Length;)
        {
            if (words[i].Hash == But)
                (notFor, notAgainst) = (1 - 0.5f * (1 - notFor), 1 - 0.5f * (1 - notAgainst));
            var length = Match(words[i..], out var weight);
            if (length > 0 && weight != 0)
            {
                var factor = Factor(words, i, length);
                var strength = Math.Clamp(weight * factor * loudness, -Strongest, Strongest);
                if (strength > 0)
                    notFor *= 1 - strength;
                else
                    notAgainst *= 1 + strength;
                strongest = factor > 0 ? Math.Max(strongest, weight) : strongest;
            }

            i += Math.Max(1, length);
        }

        return new LexiconReading(1 - notFor, 1 - notAgainst, strongest);
    }

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
        return negated ? factor * -0.6f : factor;
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

    private bool Add(string line)
    {
        var kind = line[0] is '!' or '+' ? line[0] : ' ';
        var body = kind == ' ' ? line : line[1..].TrimStart();
        var space = kind == '!' ? body.Length : body.LastIndexOf(' ');
        if (space <= 0)
            return false;
        using var entry = MessageFeatures.ReadWords(body.AsSpan(0, space));
        var words = entry.Text.Words;
        var number = 0f;
        if (words.Length is < 1 or > LongestPhrase || (kind != ' ' && words.Length > 1)
            || (kind != '!' && !float.TryParse(body.AsSpan(space), NumberStyles.Float, CultureInfo.InvariantCulture, out number)))
            return false;
        switch (kind)
        {
            case '!':
                return _negations.Add(words[0].Hash);
            case '+':
                return _boosters.TryAdd(words[0].Hash, number);
            default:
                var phrase = words[0].Hash;
                foreach (var word in words[1..])
                    phrase = NgramHash.Join(phrase, word.Hash);
                return number is >= -1 and <= 1 && _weights.TryAdd(phrase, number);
        }
    }
}

/// <summary>What a <see cref="Lexicon"/> finds in a message.</summary>
/// <param name="For">How much speaks for it, 0…1: the positive weights, joined so that more of them approach 1.</param>
/// <param name="Against">How much speaks against it, likewise.</param>
/// <param name="Strongest">The largest positive weight in the list itself, 0 where none stands un-negated.</param>
internal readonly record struct LexiconReading(float For, float Against, float Strongest);
