using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>The planes of up to <see cref="Width"/> labels, side by side.</summary>
/// <param name="Weights">By n-gram, then by label.</param>
/// <param name="Biases">By label.</param>
internal sealed record Planes(float[] Weights, Vector512<float> Biases)
{
    public const int Width = 16;

    /// <summary>The example's distances from the planes.</summary>
    public Vector512<float> Margins(FeatureMatrix examples, int row) => Biases + Sum(Weights, examples.Columns(row), examples.Values(row));

    public static Vector512<float> Sum(float[] weights, ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        var sum = Vector512<float>.Zero;
        for (var k = 0; k < columns.Length; k++)
            sum += Vector512.LoadUnsafe(ref weights[columns[k] * Width]) * values[k];
        return sum;
    }
}
