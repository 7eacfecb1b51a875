namespace CustomerService.Language;

/// <summary>A plane that parts one label's examples from all others.</summary>
internal sealed record Plane(float[] Weights, float Bias)
{
    public float Margin(FeatureMatrix examples, int row)
    {
        var columns = examples.Columns(row);
        var values = examples.Values(row);
        var sum = (double)Bias;
        for (var i = 0; i < columns.Length; i++)
            sum += Weights[columns[i]] * values[i];
        return (float)sum;
    }
}

/// <summary>
/// Fits a plane by L2-regularised squared hinge loss, with dual coordinate descent and shrinking
/// (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, 2008).
/// Deterministic: the visiting order comes from the seed alone.
/// </summary>
internal static class DualCoordinateDescent
{
    private const double Tolerance = 0.1;
    private const int MaxPasses = 200;

    /// <param name="examples">All examples.</param>
    /// <param name="rows">Those to learn from.</param>
    /// <param name="isPositive">For every example, whether it has the label.</param>
    /// <param name="cost">The price of an example on the wrong side.</param>
    /// <param name="seed">Of the visiting order.</param>
    public static Plane Fit(FeatureMatrix examples, ReadOnlySpan<int> rows, ReadOnlySpan<bool> isPositive, double cost, int seed)
    {
        var diagonal = 0.5 / cost;
        var weights = new float[examples.Hashes.Length];
        var bias = 0.0;
        var alphas = new double[examples.Rows];
        var order = rows.ToArray();
        var active = order.Length;
        var random = new SplitMix((ulong)seed);
        var shrinkAbove = double.PositiveInfinity;

        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
            for (var i = active - 1; i > 0; i--)
            {
                var j = random.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }

            for (var i = 0; i < active; i++)
            {
                var row = order[i];
                var side = isPositive[row] ? 1.0 : -1.0;
                var columns = examples.Columns(row);
                var values = examples.Values(row);
                var margin = bias;
                for (var k = 0; k < columns.Length; k++)
                    margin += weights[columns[k]] * values[k];
                ref var alpha = ref alphas[row];
                var gradient = side * margin - 1 + alpha * diagonal;
                var projected = gradient;
                if (alpha == 0)
                {
                    if (gradient > shrinkAbove)
                    {
                        active--;
                        (order[i], order[active]) = (order[active], order[i]);
                        i--;
                        continue;
                    }

                    projected = Math.Min(gradient, 0);
                }

                (highest, lowest) = (Math.Max(highest, projected), Math.Min(lowest, projected));
                if (Math.Abs(projected) < 1e-12)
                    continue;
                var before = alpha;
                alpha = Math.Max(alpha - gradient / (examples.SquaredNorms[row] + 1 + diagonal), 0);
                var step = (alpha - before) * side;
                bias += step;
                var change = (float)step;
                for (var k = 0; k < columns.Length; k++)
                    weights[columns[k]] += change * values[k];
            }

            if (highest - lowest > Tolerance)
                shrinkAbove = highest > 0 ? highest : double.PositiveInfinity;
            else if (active == order.Length)
                break;
            else
                (active, shrinkAbove) = (order.Length, double.PositiveInfinity); // Converged on the active ones: look at all once more.
        }

        return new Plane(weights, (float)bias);
    }

    /// <summary>A generator whose sequence is part of the model's bytes, so it must never change with the framework.</summary>
    private struct SplitMix(ulong state)
    {
        public int Below(int bound)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)(((z ^ (z >> 31)) >> 32) * (ulong)bound >> 32);
        }
    }
}
