namespace CustomerService.Language;

/// <summary>Fits a <see cref="Calibration"/> to the margins of examples that the planes had not seen.</summary>
internal static class CalibrationFit
{
    private const int MaxSteps = 100;

    /// <param name="margins">By label, then by example.</param>
    /// <param name="hasLabel">By label, then by example.</param>
    /// <param name="rightAnswersGivenUp">The share of right top labels that may fall under the threshold.</param>
    public static Calibration Fit(float[][] margins, bool[][] hasLabel, double rightAnswersGivenUp)
    {
        var (slope, offset) = FitSigmoid(margins, hasLabel);
        var calibration = new Calibration(slope, offset, 0);
        var right = new List<float>();
        for (var row = 0; row < margins[0].Length; row++)
        {
            var top = Enumerable.Range(0, margins.Length).MaxBy(label => margins[label][row]);
            if (hasLabel[top][row])
                right.Add(calibration.Confidence(margins[top][row]));
        }

        right.Sort();
        var threshold = right.Count == 0 ? 0.5f : right[(int)(right.Count * rightAnswersGivenUp)];
        return calibration with { Threshold = MathF.Round(threshold, 4) };
    }

    /// <summary>
    /// Newton's method on the logistic loss over all (example, label) pairs; slope and offset are rounded,
    /// so that the last bits of a platform's exp do not reach the file.
    /// </summary>
    private static (float Slope, float Offset) FitSigmoid(float[][] margins, bool[][] hasLabel)
    {
        var (a, b) = (-2.0, 0.0);
        for (var step = 0; step < MaxSteps; step++)
        {
            var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
            for (var label = 0; label < margins.Length; label++)
            {
                for (var row = 0; row < margins[label].Length; row++)
                {
                    var margin = margins[label][row];
                    var p = 1 / (1 + Math.Exp(a * margin + b));
                    var error = (hasLabel[label][row] ? 1 : 0) - p;
                    var weight = p * (1 - p);
                    ga += error * margin;
                    gb += error;
                    haa += weight * margin * margin;
                    hab += weight * margin;
                    hbb += weight;
                }
            }

            var determinant = haa * hbb - hab * hab;
            if (determinant <= 0)
                break;
            var (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant);
            var length = Math.Max(Math.Abs(da), Math.Abs(db));
            var damping = length > 2 ? 2 / length : 1;
            (a, b) = (a - damping * da, b - damping * db);
            if (length < 1e-7)
                break;
        }

        return (MathF.Round((float)a, 3), MathF.Round((float)b, 3));
    }
}
