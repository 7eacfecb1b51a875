using System.Globalization;
using System.Text;

namespace CustomerService.Language;

/// <summary>An <see cref="IntentReport"/> as lines for people.</summary>
internal static class IntentReportText
{
    private const int MostConfused = 15;
    private const string Shades = ".:+*#@";

    public static string Of(IntentReport report)
    {
        var text = new StringBuilder();
        Summary();
        Calibration();
        var width = Math.Max(5, report.Labels.Max(label => label.Label.Length));
        LabelTable();
        if (report.Confusions.Length > 0)
        {
            Mistakes();
            Picture();
        }

        return text.ToString();

        void Summary()
        {
            Line($"examples {report.Examples}   accuracy {report.Accuracy:0.0000}   macro-F1 {report.MacroF1:0.0000}   expected calibration error {report.CalibrationError:0.000}");
            Line($"unknown {report.UnknownShare:0.0%}   right primary intents {report.DecidedAccuracy:0.0000}   accuracy of the answered {report.AnsweredAccuracy:0.0000}   {report.MessagesPerSecond:0} messages/s");
            if (!double.IsNaN(report.KnownAuroc))
                Line($"known against unknown: AUROC {report.KnownAuroc:0.0000}");
        }

        void Calibration()
        {
            Line($"");
            Line($"confidence  examples   mean  right");
            foreach (var band in report.Bands)
                Line($"{band.From:0.0} to {band.From + 0.1:0.0}  {band.Examples,8}  {band.Confidence:0.000}  {band.Right:0.000}  {new string('#', (int)Math.Round(band.Right * 40))}");
        }

        void LabelTable()
        {
            Line($"");
            Line($"  n {"label".PadRight(width)}  examples  precision  recall      F1");
            foreach (var (n, label) in report.Labels.Index())
                Line($"{n + 1,3} {label.Label.PadRight(width)}  {label.Examples,8}  {label.Precision,9:0.000}  {label.Recall,6:0.000}  {label.F1,6:0.000}");
        }

        void Mistakes()
        {
            Line($"");
            Line($"most confused");
            foreach (var confusion in report.Confusions.Take(MostConfused))
                Line($"{confusion.Count,6} × {confusion.Actual} taken for {confusion.Predicted}");
        }

        // A row for what a message is, a column (numbered as above, read downwards) for what it was taken for, and the darker the more often.
        void Picture()
        {
            var names = report.Labels.Select(label => label.Label).Concat(report.Confusions.Select(confusion => confusion.Predicted)).Distinct().ToList();
            var counts = report.Confusions.ToDictionary(confusion => (confusion.Actual, confusion.Predicted), confusion => confusion.Count);
            Line($"");
            Line($"what is taken for what (columns numbered as above; o right; {string.Join(' ', Shades.ToCharArray())} mistakes, up to 2, 5, 10, 20, 40 % and more of the row)");
            foreach (var digit in new[] { 10, 1 })
                Line($"    {"".PadRight(width)} {string.Concat(names.Select((_, n) => digit == 10 && n < 9 ? ' ' : (char)('0' + (n + 1) / digit % 10)))}");
            foreach (var (n, label) in report.Labels.Index())
                Line($"{n + 1,3} {label.Label.PadRight(width)} {string.Concat(names.Select(name => name == label.Label ? 'o' : Shade(counts.GetValueOrDefault((label.Label, name)), label.Examples)))}");
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static char Shade(int count, int of) => (100.0 * count / of) switch
    {
        0 => ' ',
        <= 2 => Shades[0],
        <= 5 => Shades[1],
        <= 10 => Shades[2],
        <= 20 => Shades[3],
        <= 40 => Shades[4],
        _ => Shades[5],
    };
}
