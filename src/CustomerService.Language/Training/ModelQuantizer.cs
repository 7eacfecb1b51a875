using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>Turns fitted planes into the compact form that is scored and stored: one scale per n-gram, one signed byte per weight.</summary>
internal static class ModelQuantizer
{
    public static LinearModel ToModel(string language, ImmutableArray<LinearHead> heads, FeatureMatrix matrix, IReadOnlyList<(Planes Planes, int Labels)> blocks)
    {
        var rows = matrix.Hashes.Length;
        var labels = heads.Sum(head => head.Labels.Length);
        var stride = LinearModel.StrideOf(labels);
        var scales = new float[rows];
        var weights = new sbyte[rows * stride];
        var exact = new float[labels];
        for (var row = 0; row < rows; row++)
        {
            Gather(exact, (block, label) => block.Weights[row * Planes.Width + label]);
            var scale = scales[row] = (float)(Half)(exact.Max(Math.Abs) / sbyte.MaxValue);
            if (scale == 0)
                continue;
            for (var label = 0; label < labels; label++)
                weights[row * stride + label] = (sbyte)Math.Clamp(MathF.Round(exact[label] / scale), -sbyte.MaxValue, sbyte.MaxValue);
        }

        var biases = new float[labels];
        Gather(biases, (block, label) => block.Biases[label]);
        return new LinearModel(language, heads, matrix.Hashes, matrix.Idf, scales, weights, biases);

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
}
