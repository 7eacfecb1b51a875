using System.Numerics;

namespace CustomerService.Language;

/// <summary>
/// The 32-bit names of words, word pairs and character n-grams. A model file stores these numbers,
/// so a change here needs a new <see cref="NgramCounts.Version"/>.
/// </summary>
internal static class NgramHash
{
    public const uint Seed = 2166136261;

    /// <summary>FNV-1a, one UTF-16 unit at a time, so that an n-gram's hash grows from the (n-1)-gram's.</summary>
    public static uint Append(uint hash, char c) => (hash ^ c) * 16777619;

    public static uint Word(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var c in word)
            hash = Append(hash, c);
        return Mix(hash ^ 0x574F5244);
    }

    /// <summary>The hash of a phrase from its first words' hash and its next word's.</summary>
    public static uint Join(uint phrase, uint word) => Mix(phrase * 0x9E3779B1 + BitOperations.RotateLeft(word, 13));

    /// <summary>Two words that stand near each other, in whichever order.</summary>
    public static uint Near(uint one, uint other) => Mix(Math.Min(one, other) * 0x27D4EB2F + BitOperations.RotateLeft(Math.Max(one, other), 7));

    public static uint Characters(uint appended, int length) => Mix(appended + (uint)length * 0x85EBCA6B);

    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >> 16);
    }
}
