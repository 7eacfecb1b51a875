using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>
/// Trained linear classifiers over one vocabulary of words, pairs of words and character n-grams (sublinear TF-IDF, words and characters
/// each scaled to a length of their own): a message's n-grams are looked up once for all of its heads. Weights are fifteen steps with one scale
/// per row, and n-grams that stood in the same examples share a row. Immutable and thread-safe. Made by <see cref="ModelTrainer"/>; kept in a file by <see cref="Save(string)"/> and <see cref="Load(string)"/>.
/// </summary>
public sealed partial class LinearModel
{
    private const int Lanes = 16;
    private static readonly float[] SublinearCounts = [.. Enumerable.Range(0, 64).Select(SublinearOf)];

    [ThreadStatic]
    private static Scratch? scratch;

    private readonly uint[] _hashes; // by n-gram
    private readonly int[] _rows; // by n-gram
    private readonly float[] _idf; // by row
    private readonly float[] _scales; // by row
    private readonly sbyte[] _weights; // by row, each padded to a whole number of lanes
    private readonly float[] _biases;
    private readonly int _stride;
    private readonly (uint Hash, int Row)[] _slots; // the row + 1; 0 is free
    private readonly ulong[] _mayHave;

    internal LinearModel(string language, ImmutableArray<LinearHead> heads, uint[] hashes, int[] rows, float[] idf, float[] scales, sbyte[] weights, float[] biases)
    {
        (Language, Heads) = (language, heads);
        (_hashes, _rows, _idf, _scales, _weights, _biases) = (hashes, rows, idf, scales, weights, biases);
        _stride = StrideOf(biases.Length);
        _slots = new (uint, int)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * hashes.Length))];
        _mayHave = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length / 8))];
        for (var n = 0; n < hashes.Length; n++)
        {
            var hash = hashes[n];
            var slot = (int)hash & (_slots.Length - 1);
            while (_slots[slot].Row != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = (hash, rows[n] + 1);
            _mayHave[(hash >> 6) & (_mayHave.Length - 1)] |= 1UL << (int)(hash & 63);
        }
    }

    /// <summary>The two-letter code of the language that it was trained on; empty where it was not said.</summary>
    public string Language { get; }

    public ImmutableArray<LinearHead> Heads { get; }

    /// <summary>How many n-grams the model knows.</summary>
    public int Vocabulary => _hashes.Length;

    /// <summary>How many margins there are, of all heads together.</summary>
    internal int LabelCount => _biases.Length;

    internal static int StrideOf(int labels) => (labels + Lanes - 1) / Lanes * Lanes;

    /// <summary>1 + ln(count): the tenth mention of a word says little more than the second.</summary>
    internal static float Sublinear(int count) => count < SublinearCounts.Length ? SublinearCounts[count] : SublinearOf(count);

    /// <summary>The head of that name, or null where the model has none.</summary>
    public LinearHead? Head(string name) => Heads.FirstOrDefault(head => head.Name == name);

    /// <summary>Every label's distance from its decision plane. The span is this thread's and holds until its next call.</summary>
    internal Span<float> Margins(NgramCounts ngrams)
    {
        var found = scratch ??= new Scratch();
        found.Reserve(ngrams.Hashes.Length, _stride);
        var words = Find(ngrams, 0, ngrams.WordGrams, NgramCounts.WordsLength, found, 0);
        var all = Find(ngrams, ngrams.WordGrams, ngrams.Hashes.Length, 1, found, words);
        AddUp(found.Rows.AsSpan(0, all), found.Factors.AsSpan(0, all), found.Margins);
        var margins = found.Margins.AsSpan(0, _biases.Length);
        for (var label = 0; label < margins.Length; label++)
            margins[label] += _biases[label];
        return margins;
    }

    /// <summary>Looks up one block of n-grams; their factors are scaled so that their values have that length. Tells where the found ones end.</summary>
    private int Find(NgramCounts ngrams, int from, int to, float length, Scratch found, int place)
    {
        var hashes = ngrams.Hashes;
        var counts = ngrams.Counts;
        var (rows, factors) = (found.Rows, found.Factors);
        var first = place;
        var squares = 0f;
        for (var i = from; i < to; i++)
        {
            var hash = hashes[i];
            if ((_mayHave[(hash >> 6) & (_mayHave.Length - 1)] & (1UL << (int)(hash & 63))) == 0)
                continue;
            var row = Find(hash);
            if (row < 0)
                continue;
            var value = Sublinear(counts[i]) * _idf[row];
            squares += value * value;
            rows[place] = row;
            factors[place++] = value * _scales[row];
        }

        var unit = squares == 0 ? 0 : length / MathF.Sqrt(squares);
        for (var i = first; i < place; i++)
            factors[i] *= unit;
        return place;
    }

    private int Find(uint hash)
    {
        for (var slot = (int)hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var (known, row) = _slots[slot];
            if (row == 0 || known == hash)
                return row - 1;
        }
    }

    /// <summary>Sixteen labels at a time; each label's sum is added up in the same order on any processor.</summary>
    private void AddUp(ReadOnlySpan<int> rows, ReadOnlySpan<float> factors, float[] sums)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (var lane = 0; lane < _stride; lane += Lanes)
        {
            var sum = Vector512<float>.Zero;
            for (var i = 0; i < rows.Length; i++)
            {
                var bytes = Vector128.LoadUnsafe(ref weights, (nuint)(rows[i] * _stride + lane));
                var shorts = Vector256.WidenLower(bytes.ToVector256Unsafe());
                sum += Vector512.ConvertToSingle(Vector512.WidenLower(shorts.ToVector512Unsafe())) * factors[i];
            }

            sum.CopyTo(sums, lane);
        }
    }

    private static float SublinearOf(int count) => count == 0 ? 0 : (float)(1 + Math.Log(count));

    /// <summary>One thread's buffers.</summary>
    private sealed class Scratch
    {
        public int[] Rows = [];
        public float[] Factors = [];
        public float[] Margins = [];

        public void Reserve(int ngrams, int labels)
        {
            if (Rows.Length < ngrams)
            {
                Rows = new int[BitOperations.RoundUpToPowerOf2((uint)ngrams)];
                Factors = new float[Rows.Length];
            }

            if (Margins.Length < labels)
                Margins = new float[labels];
        }
    }
}
