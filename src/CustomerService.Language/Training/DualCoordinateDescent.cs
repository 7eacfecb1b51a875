using System.Numerics;
using System.Runtime.Intrinsics;

namespace CustomerService.Language;

/// <summary>
/// Fits planes that each part one label's examples from all others, by L2-regularised squared hinge loss with dual coordinate descent
/// (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, 2008), for
/// <see cref="Planes.Width"/> labels at a time: they visit the examples in the same order, so a row's n-grams are fetched once for all of them.
/// Deterministic on any processor: the order comes from the seed alone, and each label's sums are added up one after another.
/// </summary>
internal static class DualCoordinateDescent
{
    private const float Tolerance = 0.1f;
    private const int MaxPasses = 60;

    /// <param name="examples">All examples.</param>
    /// <param name="rows">Those to learn from.</param>
    /// <param name="labels">For every example the labels it has, a bit each.</param>
    /// <param name="cost">The price of an example on the wrong side.</param>
    /// <param name="seed">Of the visiting order.</param>
    public static Planes Fit(FeatureMatrix examples, ReadOnlySpan<int> rows, ReadOnlySpan<ushort> labels, double cost, int seed)
    {
        var diagonal = (float)(0.5 / cost);
        var weights = new float[examples.Hashes.Length * Planes.Width];
        var alphas = new float[examples.Rows * Planes.Width];
        var bias = Vector512<float>.Zero;
        var order = rows.ToArray();
        var random = new SplitMix((ulong)seed);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            random.Shuffle(order);
            var farthest = Vector512<float>.Zero;
            foreach (var row in order)
            {
                var columns = examples.Columns(row);
                var values = examples.Values(row);
                var side = Sides(labels[row]);
                var margin = bias + Planes.Sum(weights, columns, values);
                var alpha = Vector512.LoadUnsafe(ref alphas[row * Planes.Width]);
                var gradient = side * margin - Vector512<float>.One + alpha * diagonal;
                var projected = Vector512.ConditionalSelect(
                    Vector512.Equals(alpha, Vector512<float>.Zero), Vector512.Min(gradient, Vector512<float>.Zero), gradient);
                farthest = Vector512.Max(farthest, Vector512.Abs(projected));
                if (Vector512.EqualsAll(projected, Vector512<float>.Zero))
                    continue;
                var moved = Vector512.Max(alpha - gradient / (examples.SquaredNorms[row] + 1 + diagonal), Vector512<float>.Zero);
                moved.StoreUnsafe(ref alphas[row * Planes.Width]);
                var step = (moved - alpha) * side;
                bias += step;
                for (var k = 0; k < columns.Length; k++)
                {
                    ref var weight = ref weights[columns[k] * Planes.Width];
                    (Vector512.LoadUnsafe(ref weight) + step * values[k]).StoreUnsafe(ref weight);
                }
            }

            if (Vector512.LessThanAll(farthest, Vector512.Create(Tolerance)))
                break;
        }

        return new Planes(weights, bias);
    }

    /// <summary>+1 for a label that the example has, -1 for one that it has not.</summary>
    private static Vector512<float> Sides(ushort labels)
    {
        var sides = Vector512.Create(-1f);
        for (var rest = (uint)labels; rest != 0; rest &= rest - 1)
            sides = sides.WithElement(BitOperations.TrailingZeroCount(rest), 1f);
        return sides;
    }

    /// <summary>A generator whose sequence is part of the model's bytes, so it must never change with the framework.</summary>
    private struct SplitMix(ulong state)
    {
        public void Shuffle(int[] order)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
        }

        private int Below(int bound)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)(((z ^ (z >> 31)) >> 32) * (ulong)bound >> 32);
        }
    }
}
