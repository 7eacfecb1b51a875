namespace CustomerService.Language;

/// <summary>
/// Fits a <see cref="Calibration"/> to the margins of examples that the planes had not seen, by Newton's method on the logistic loss. What comes out
/// is rounded, so that the last bits of a platform's exp do not reach the file.
/// </summary>
internal static class CalibrationFit
{
    private const int MaxSteps = 100;

    /// <summary>How much an example counts as one of no known label, when its own label is taken away: that teaches the offset.</summary>
    private const double StrangerWeight = 0.02;

    /// <param name="task">The examples' labels.</param>
    /// <param name="margins">By example that takes part, then by label.</param>
    public static Calibration Fit(TrainingTask task, float[][] margins)
    {
        var labels = Array.ConvertAll(task.Rows, row => task.LabelsOf[row].Select(task.PlaceOf).ToArray());
        var (slope, offset) = Minimum((slope, offset, loss) =>
        {
            for (var row = 0; row < margins.Length; row++)
            {
                if (task.IsOneOfMany)
                    AddOneOfMany(margins[row], labels[row][0], slope, offset, loss);
                else
                    AddEachByItself(margins[row], labels[row], slope, offset, loss);
            }
        });
        var calibration = new Calibration(Rounded(slope * task.Sureness), Rounded(offset * task.Sureness), 0);
        return calibration with { Threshold = ThresholdOf(task, calibration, margins, labels) };
    }

    private static void AddOneOfMany(float[] margins, int own, double slope, double offset, Loss loss)
    {
        // The moments of the margins under the probabilities, with all labels and then without its own; none of them has margin 0 in the slope's direction.
        var highest = Math.Max(offset, slope * margins.Max());
        var (none, sum, first, second) = (Math.Exp(offset - highest), 0.0, 0.0, 0.0);
        foreach (var margin in margins)
        {
            var mass = Math.Exp(slope * margin - highest);
            (sum, first, second) = (sum + mass, first + mass * margin, second + mass * margin * margin);
        }

        loss.Add(margins[own], 0, none, none + sum, first, second, 1);
        var left = Math.Exp(slope * margins[own] - highest);
        loss.Add(0, 1, none, none + sum - left, first - left * margins[own], second - left * margins[own] * margins[own], StrangerWeight);
    }

    private static void AddEachByItself(float[] margins, int[] own, double slope, double offset, Loss loss)
    {
        for (var label = 0; label < margins.Length; label++)
        {
            var mass = Math.Exp(slope * margins[label] - offset);
            var has = own.Contains(label);
            loss.Add(has ? margins[label] : 0, has ? 0 : 1, 1, 1 + mass, mass * margins[label], mass * margins[label] * margins[label], 1);
        }
    }

    private static (double Slope, double Offset) Minimum(Action<double, double, Loss> measure)
    {
        var (slope, offset) = (2.0, 0.0);
        for (var step = 0; step < MaxSteps; step++)
        {
            var loss = new Loss();
            measure(slope, offset, loss);
            var (bySlope, byOffset, length) = loss.Step();
            var damping = length > 2 ? 2 / length : 1;
            (slope, offset) = (slope - damping * bySlope, offset - damping * byOffset);
            if (length < 1e-7)
                break;
        }

        return (slope, offset);
    }

    private static float Rounded(double value) => MathF.Round((float)value, 3);

    private static float ThresholdOf(TrainingTask task, Calibration calibration, float[][] margins, int[][] labels)
    {
        var right = new List<float>();
        for (var row = 0; row < margins.Length; row++)
        {
            var confidences = margins[row].AsSpan();
            if (task.IsOneOfMany)
                calibration.OneOfMany(confidences);
            else
                calibration.EachByItself(confidences);
            var top = margins[row].Index().MaxBy(each => each.Item).Index;
            if (labels[row].Contains(top) && task.Labels[top] != IntentRanking.Unknown)
                right.Add(margins[row][top]);
        }

        right.Sort();
        return right.Count == 0 ? 0.5f : MathF.Round(right[(int)(right.Count * task.RightAnswersGivenUp)], 4);
    }

    /// <summary>Gradient and curvature of the loss in slope and offset.</summary>
    private sealed class Loss
    {
        private double _g0, _g1, _h00 = 1e-9, _h01, _h11 = 1e-9;

        /// <param name="margin">The right answer's margin, 0 for none.</param>
        /// <param name="isNone">1 where none is the right answer.</param>
        /// <param name="none">The mass of none, of which <paramref name="sum"/> is the sum of all.</param>
        /// <param name="first">The sum of mass × margin.</param>
        /// <param name="second">The sum of mass × margin².</param>
        public void Add(double margin, double isNone, double none, double sum, double first, double second, double weight)
        {
            var (mean, share) = (first / sum, none / sum);
            _g0 += weight * (mean - margin);
            _g1 += weight * (share - isNone);
            _h00 += weight * (second / sum - mean * mean);
            _h01 -= weight * mean * share;
            _h11 += weight * share * (1 - share);
        }

        public (double BySlope, double ByOffset, double Length) Step()
        {
            var determinant = _h00 * _h11 - _h01 * _h01;
            if (determinant <= 0)
                return (0, 0, 0);
            var (slope, offset) = ((_h11 * _g0 - _h01 * _g1) / determinant, (_h00 * _g1 - _h01 * _g0) / determinant);
            return (slope, offset, Math.Max(Math.Abs(slope), Math.Abs(offset)));
        }
    }
}
