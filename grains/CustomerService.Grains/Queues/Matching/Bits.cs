using System.Numerics;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>A growing set of small numbers.</summary>
internal sealed class Bits
{
    private ulong[] words = [];

    /// <summary>64 numbers each, from 0 on; numbers beyond are not in the set.</summary>
    public ReadOnlySpan<ulong> Words => words;

    public bool this[int number]
    {
        get => number >> 6 < words.Length && (words[number >> 6] & 1UL << number) != 0;
        set
        {
            if (number >> 6 >= words.Length)
            {
                if (!value)
                    return;
                Array.Resize(ref words, (number >> 6) + 1);
            }

            if (value)
                words[number >> 6] |= 1UL << number;
            else
                words[number >> 6] &= ~(1UL << number);
        }
    }

    public void Clear() => Array.Clear(words);

    /// <summary>Adds the numbers of another set.</summary>
    public void Add(Bits other)
    {
        if (other.words.Length > words.Length)
            Array.Resize(ref words, other.words.Length);
        for (var index = 0; index < other.words.Length; index++)
            words[index] |= other.words[index];
    }

    /// <summary>Drops the numbers that are not in another set.</summary>
    public void KeepOnly(Bits other)
    {
        for (var index = 0; index < words.Length; index++)
            words[index] &= index < other.words.Length ? other.words[index] : 0;
    }

    public Bits Copy() => new() { words = [.. words] };

    /// <summary>The numbers in the set, rising.</summary>
    public IEnumerable<int> Numbers()
    {
        for (var index = 0; index < words.Length; index++)
        {
            for (var word = words[index]; word != 0; word &= word - 1)
                yield return (index << 6) + BitOperations.TrailingZeroCount(word);
        }
    }

    /// <summary>The same numbers are in both.</summary>
    public bool HasSame(Bits other) => words is [var mine] && other.words is [var others] ? mine == others : Trimmed().SequenceEqual(other.Trimmed());

    private ReadOnlySpan<ulong> Trimmed() => Words.TrimEnd(0UL);
}
