using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>
/// Turns fitted planes into the compact form that is scored and stored: a row of weights is one scale and a small whole number for each label, and
/// n-grams whose rows are the same (they stood in the same examples, as most of those that are in one only) share it.
/// </summary>
internal static class ModelQuantizer
{
    /// <summary>Weights are -7 to 7 times their row's scale: what the rounding loses is less than the noise of the examples.</summary>
    private const int Steps = 7;

    public static LinearModel ToModel(string language, ImmutableArray<LinearHead> heads, FeatureMatrix matrix, IReadOnlyList<(Planes Planes, int Labels)> blocks)
    {
        var labels = heads.Sum(head => head.Labels.Length);
        var stride = LinearModel.StrideOf(labels);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new int[matrix.Hashes.Length];
        var (idf, scales, weights) = (new List<float>(), new List<float>(), new List<sbyte>());
        var (exact, row) = (new float[labels], new sbyte[stride]);
        // The most frequent first: what most messages need stands together and stays in the processor's near memory.
        foreach (var ngram in Enumerable.Range(0, rows.Length).OrderBy(ngram => matrix.Idf[ngram]))
        {
            Gather(exact, (block, label) => block.Weights[ngram * Planes.Width + label]);
            var scale = (float)(Half)(exact.Max(Math.Abs) / Steps);
            for (var label = 0; label < labels; label++)
                row[label] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(exact[label] / scale), -Steps, Steps);
            if (!known.TryGetValue(KeyOf(row, scale, matrix.Idf[ngram]), out rows[ngram]))
            {
                known.Add(KeyOf(row, scale, matrix.Idf[ngram]), rows[ngram] = known.Count);
                idf.Add(matrix.Idf[ngram]);
                scales.Add(scale);
                weights.AddRange(row);
            }
        }

        var biases = new float[labels];
        Gather(biases, (block, label) => block.Biases[label]);
        return new LinearModel(language, heads, matrix.Hashes, rows, [.. idf], [.. scales], [.. weights], biases);

        void Gather(float[] target, Func<Planes, int, float> valueOf)
        {
            var place = 0;
            foreach (var (planes, count) in blocks)
            {
                for (var label = 0; label < count; label++)
                    target[place++] = valueOf(planes, label);
            }
        }
    }

    private static string KeyOf(sbyte[] row, float scale, float idf) => string.Create(row.Length + 4, (row, scale, idf), static (key, from) =>
    {
        for (var i = 0; i < from.row.Length; i++)
            key[i] = (char)(from.row[i] + Steps);
        BitConverter.TryWriteBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(key[from.row.Length..]), from.scale);
        BitConverter.TryWriteBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(key[(from.row.Length + 2)..]), from.idf);
    });
}
