using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>Turns fitted planes into the compact form that is scored and stored: one scale per n-gram, one signed byte per weight.</summary>
internal static class ModelQuantizer
{
    public static LinearModel ToModel(ImmutableArray<string> labels, Calibration calibration, FeatureMatrix matrix, Plane[] planes)
    {
        var rows = matrix.Hashes.Length;
        var stride = LinearModel.StrideOf(labels.Length);
        var scales = new float[rows];
        var weights = new sbyte[rows * stride];
        for (var row = 0; row < rows; row++)
        {
            var largest = planes.Max(plane => Math.Abs(plane.Weights[row]));
            var scale = scales[row] = (float)(Half)(largest / sbyte.MaxValue);
            if (scale == 0)
                continue;
            for (var label = 0; label < planes.Length; label++)
                weights[row * stride + label] = (sbyte)Math.Clamp(MathF.Round(planes[label].Weights[row] / scale), -sbyte.MaxValue, sbyte.MaxValue);
        }

        return new LinearModel(labels, calibration, matrix.Hashes, matrix.Idf, scales, weights, [.. planes.Select(plane => plane.Bias)]);
    }
}
