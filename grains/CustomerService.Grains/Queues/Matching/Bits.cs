using System.Numerics;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>A growing set of small numbers. Equal when the same numbers are in it.</summary>
internal sealed class Bits : IEquatable<Bits>
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

    public bool Equals(Bits? other) => other is not null && Trimmed().SequenceEqual(other.Trimmed());

    public override bool Equals(object? obj) => Equals(obj as Bits);

    public override int GetHashCode()
    {
        var code = new HashCode();
        foreach (var word in Trimmed())
            code.Add(word);
        return code.ToHashCode();
    }

    private ReadOnlySpan<ulong> Trimmed() => Words.TrimEnd(0UL);
}
