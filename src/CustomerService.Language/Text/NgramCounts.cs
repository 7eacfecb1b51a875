using System.Numerics;

namespace CustomerService.Language;

/// <summary>
/// The distinct n-grams of one message with their counts: first the words, the phrases of two and the pairs of words that stand near
/// each other in any order, then the runs of 2 to 5 characters, of 1 to 3 where they start in Japanese, whose characters say as much as several letters.
/// One instance is used for many messages; counting allocates nothing once its buffers have grown.
/// </summary>
internal sealed class NgramCounts
{
    /// <summary>Changes whenever the same message would give other n-grams; a model file of another version is refused.</summary>
    public const int Version = 4;

    private const int ShortestRun = 2;
    private const int LongestRun = 5;
    private const int ShortestJapaneseRun = 1;
    private const int LongestJapaneseRun = 3;

    /// <summary>A run that starts with a space or a sign and goes on in Japanese.</summary>
    private const int LongestMixedRun = 4;

    /// <summary>So many words on from a word the last one is that makes a pair with it.</summary>
    private const int PairReach = 8;

    /// <summary>The length to which the values of words are scaled, where those of characters get length 1.</summary>
    public const float WordsLength = 0.8f;

    private uint[] _hashes = new uint[1024];
    private int[] _counts = new int[1024];
    private int[] _slots = new int[2048];
    private int _count, _mask;

    public ReadOnlySpan<uint> Hashes => _hashes.AsSpan(0, _count);

    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _count);

    /// <summary>How many of <see cref="Hashes"/>, from the first, are words, phrases and pairs.</summary>
    public int WordGrams { get; private set; }

    public void Count(NormalizedText message)
    {
        var text = message.Text;
        var words = message.Words;
        Reserve((2 + PairReach) * words.Length + (LongestRun - ShortestRun + 1) * text.Length);
        for (var i = 0; i < words.Length; i++)
        {
            Add(words[i].Hash);
            if (i > 0)
                Add(NgramHash.Join(words[i - 1].Hash, words[i].Hash));
            for (var other = Math.Max(0, i - PairReach); other < i; other++)
                Add(NgramHash.Near(words[other].Hash, words[i].Hash));
        }

        WordGrams = _count;
        for (var start = 0; start < text.Length; start++)
        {
            var (shortest, longest) = ScriptCounts.Of(text[start]) == Script.Alphabet ? (ShortestRun, LongestRun) : (ShortestJapaneseRun, LongestJapaneseRun);
            var end = Math.Min(text.Length, start + longest);
            var hash = NgramHash.Seed;
            for (var i = start; i < end; i++)
            {
                var length = i - start + 1;
                if (length > LongestMixedRun && ScriptCounts.Of(text[i]) != Script.Alphabet)
                    break;
                hash = NgramHash.Append(hash, text[i]);
                if (length >= shortest)
                    Add(NgramHash.Characters(hash, length));
            }
        }
    }

    private void Reserve(int atMost)
    {
        if (_hashes.Length < atMost)
        {
            Array.Resize(ref _hashes, (int)BitOperations.RoundUpToPowerOf2((uint)atMost));
            Array.Resize(ref _counts, _hashes.Length);
        }

        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * atMost));
        if (_slots.Length < slots)
            _slots = new int[slots];
        _slots.AsSpan(0, slots).Clear();
        _mask = slots - 1;
        _count = 0;
    }

    /// <summary>A slot holds the n-gram's position + 1; 0 is free.</summary>
    private void Add(uint hash)
    {
        for (var slot = (int)hash & _mask; ; slot = (slot + 1) & _mask)
        {
            var position = _slots[slot] - 1;
            if (position < 0)
            {
                _hashes[_count] = hash;
                _counts[_count++] = 1;
                _slots[slot] = _count;
                return;
            }

            if (_hashes[position] == hash)
            {
                _counts[position]++;
                return;
            }
        }
    }
}
