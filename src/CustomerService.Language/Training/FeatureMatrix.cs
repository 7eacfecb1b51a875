using System.Runtime.InteropServices;

namespace CustomerService.Language;

/// <summary>
/// All examples as sparse rows over one vocabulary: sublinear TF-IDF, words and characters each scaled to a length of their own,
/// exactly as <see cref="LinearModel"/> scores a message.
/// </summary>
internal sealed class FeatureMatrix
{
    private FeatureMatrix(uint[] hashes, float[] idf, int[] starts, int[] columns, float[] values)
    {
        (Hashes, Idf, _starts, _columns, _values) = (hashes, idf, starts, columns, values);
        SquaredNorms = [.. Enumerable.Range(0, Rows).Select(Squares)];
    }

    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    /// <summary>The vocabulary, ascending; a column is a position in it.</summary>
    public uint[] Hashes { get; }

    public float[] Idf { get; }

    public int Rows => _starts.Length - 1;

    /// <summary>By row.</summary>
    public float[] SquaredNorms { get; }

    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    public static FeatureMatrix Build(IReadOnlyList<string> texts, int minimumExamples, double rarity)
    {
        var frequencies = new Dictionary<uint, int>();
        foreach (var text in texts)
        {
            using var features = MessageFeatures.Read(text);
            foreach (var hash in features.Ngrams.Hashes)
                CollectionsMarshal.GetValueRefOrAddDefault(frequencies, hash, out _)++;
        }

        return Build(texts, frequencies.Where(pair => pair.Value >= minimumExamples).OrderBy(pair => pair.Key).ToArray(), rarity);
    }

    /// <summary>The same examples over a part of the vocabulary.</summary>
    public FeatureMatrix Keep(IReadOnlyList<string> texts, IEnumerable<int> columns)
    {
        var kept = columns.Order().ToArray();
        return Build(texts, kept.Select(column => Hashes[column]).ToArray(), kept.Select(column => Idf[column]).ToArray());
    }

    private static FeatureMatrix Build(IReadOnlyList<string> texts, KeyValuePair<uint, int>[] vocabulary, double rarity) => Build(
        texts,
        vocabulary.Select(pair => pair.Key).ToArray(),
        vocabulary.Select(pair => (float)(Half)Math.Pow(1 + Math.Log((1.0 + texts.Count) / (1.0 + pair.Value)), rarity)).ToArray());

    private static FeatureMatrix Build(IReadOnlyList<string> texts, uint[] hashes, float[] idf)
    {
        var columnOf = hashes.Select((hash, column) => (hash, column)).ToDictionary(pair => pair.hash, pair => pair.column);
        var starts = new List<int> { 0 };
        var columns = new List<int>();
        var values = new List<float>();
        foreach (var text in texts)
        {
            using var features = MessageFeatures.Read(text);
            var ngrams = features.Ngrams;
            AddBlock(ngrams, 0, ngrams.WordGrams, NgramCounts.WordsLength);
            AddBlock(ngrams, ngrams.WordGrams, ngrams.Hashes.Length, 1);
            starts.Add(columns.Count);
        }

        return new FeatureMatrix(hashes, idf, [.. starts], [.. columns], [.. values]);

        void AddBlock(NgramCounts ngrams, int from, int to, float length)
        {
            var first = values.Count;
            var squares = 0f;
            for (var i = from; i < to; i++)
            {
                if (!columnOf.TryGetValue(ngrams.Hashes[i], out var column))
                    continue;
                var value = LinearModel.Sublinear(ngrams.Counts[i]) * idf[column];
                squares += value * value;
                columns.Add(column);
                values.Add(value);
            }

            var unit = squares == 0 ? 0 : length / MathF.Sqrt(squares);
            foreach (ref var value in CollectionsMarshal.AsSpan(values)[first..])
                value *= unit;
        }
    }

    private float Squares(int row)
    {
        var sum = 0f;
        foreach (var value in Values(row))
            sum += value * value;
        return sum;
    }
}
