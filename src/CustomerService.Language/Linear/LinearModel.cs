using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>
/// A trained one-vs-rest linear classifier over words, word pairs and character n-grams (sublinear TF-IDF, each of the two blocks
/// scaled to unit length). Weights are stored as signed bytes with one scale per n-gram. Immutable and thread-safe.
/// Made by <see cref="ModelTrainer"/>; kept in a file by <see cref="Save(string)"/> and <see cref="Load(string)"/>.
/// </summary>
public sealed partial class LinearModel
{
    private const int Lanes = 16;
    private static readonly float[] SublinearCounts = [.. Enumerable.Range(0, 64).Select(SublinearOf)];

    private readonly uint[] _hashes;
    private readonly float[] _idf;
    private readonly float[] _scales;
    private readonly sbyte[] _weights; // row-major, each row padded to a whole number of lanes
    private readonly float[] _biases;
    private readonly int _stride;
    private readonly int[] _slots;

    internal LinearModel(ImmutableArray<string> labels, Calibration calibration, uint[] hashes, float[] idf, float[] scales, sbyte[] weights, float[] biases)
    {
        Labels = labels;
        Calibration = calibration;
        (_hashes, _idf, _scales, _weights, _biases) = (hashes, idf, scales, weights, biases);
        _stride = StrideOf(labels.Length);
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * hashes.Length))];
        for (var row = 0; row < hashes.Length; row++)
        {
            var slot = (int)hashes[row] & (_slots.Length - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = row + 1;
        }
    }

    /// <summary>What the model can answer, in ordinal order; may include <see cref="IntentRanking.Unknown"/>.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>How many n-grams the model knows.</summary>
    public int Vocabulary => _hashes.Length;

    /// <summary>A top label whose confidence is below this (0…1) is not to be trusted; measured on examples held out while training.</summary>
    public double Threshold => Calibration.Threshold;

    internal Calibration Calibration { get; }

    internal static int StrideOf(int labels) => (labels + Lanes - 1) / Lanes * Lanes;

    /// <summary>1 + ln(count): the tenth mention of a word says little more than the second.</summary>
    internal static float Sublinear(int count) => count < SublinearCounts.Length ? SublinearCounts[count] : SublinearOf(count);

    /// <summary>Fills <paramref name="confidences"/> (one per label) with each label's own calibrated probability, 0…1; they need not add up to 1.</summary>
    internal void Score(NgramCounts ngrams, Span<float> confidences)
    {
        Margins(ngrams, confidences);
        for (var label = 0; label < confidences.Length; label++)
            confidences[label] = Calibration.Confidence(confidences[label]);
    }

    /// <summary>Fills <paramref name="margins"/> with each label's distance from its decision plane.</summary>
    internal void Margins(NgramCounts ngrams, Span<float> margins)
    {
        Span<float> sums = _stride <= 256 ? stackalloc float[_stride] : new float[_stride];
        _biases.CopyTo(margins);
        AddBlock(ngrams.Hashes[..ngrams.WordGrams], ngrams.Counts[..ngrams.WordGrams], sums, margins);
        AddBlock(ngrams.Hashes[ngrams.WordGrams..], ngrams.Counts[ngrams.WordGrams..], sums, margins);
    }

    private void AddBlock(ReadOnlySpan<uint> hashes, ReadOnlySpan<int> counts, Span<float> sums, Span<float> margins)
    {
        sums.Clear();
        var squares = 0f;
        for (var i = 0; i < hashes.Length; i++)
        {
            var row = Find(hashes[i]);
            if (row < 0)
                continue;
            var value = Sublinear(counts[i]) * _idf[row];
            squares += value * value;
            AddRow(row, value * _scales[row], sums);
        }

        if (squares == 0)
            return;
        var unit = 1f / MathF.Sqrt(squares);
        for (var label = 0; label < margins.Length; label++)
            margins[label] += sums[label] * unit;
    }

    private int Find(uint hash)
    {
        for (var slot = (int)hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var row = _slots[slot] - 1;
            if (row < 0 || _hashes[row] == hash)
                return row;
        }
    }

    /// <summary>Sixteen labels at a time; each label's sum is added up in the same order on any processor.</summary>
    private void AddRow(int row, float factor, Span<float> sums)
    {
        var factors = Vector128.Create(factor);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref var target = ref MemoryMarshal.GetReference(sums);
        for (var lane = 0; lane < _stride; lane += Lanes)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref weights, (nuint)(row * _stride + lane)));
            AddFour(Vector128.WidenLower(low), factors, ref target, lane);
            AddFour(Vector128.WidenUpper(low), factors, ref target, lane + 4);
            AddFour(Vector128.WidenLower(high), factors, ref target, lane + 8);
            AddFour(Vector128.WidenUpper(high), factors, ref target, lane + 12);
        }
    }

    private static void AddFour(Vector128<int> weights, Vector128<float> factors, ref float target, int at) =>
        (Vector128.LoadUnsafe(ref target, (nuint)at) + Vector128.ConvertToSingle(weights) * factors).StoreUnsafe(ref target, (nuint)at);

    private static float SublinearOf(int count) => count == 0 ? 0 : (float)(1 + Math.Log(count));
}
