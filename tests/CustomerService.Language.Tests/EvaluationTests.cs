namespace CustomerService.Language.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void Report_CountsWhatWasRightAndWhatWasNot()
    {
        var report = IntentReport.From(
            [
                new("a", "a", "a", 0.95), new("a", "a", "unknown", 0.35), new("a", "b", "b", 0.75), new("b", "b", "b", 0.85),
                new("unknown", "a", "unknown", 0.15), new("unknown", "b", "b", 0.65),
            ], 1);
        Assert.Equal(4 / 6.0, report.Accuracy, 6);
        Assert.Equal(3 / 6.0, report.DecidedAccuracy, 6);
        Assert.Equal(2 / 4.0, report.AnsweredAccuracy, 6);
        Assert.Equal(7 / 8.0, report.KnownAuroc, 6);
        Assert.Equal((0.05 + 0.65 + 0.75 + 0.15 + 0.15 + 0.65) / 6, report.CalibrationError, 6);
        Assert.Equal([new Confusion("a", "b", 1), new Confusion("unknown", "b", 1)], report.Confusions.AsEnumerable());
        Assert.Equal(new LabelReport("b", 1, 1 / 3.0, 1), report.Labels[1]);
        var picture = report.ToString().Split('\n')[^4..^1].Select(line => line[^3..]);
        Assert.Equal(["o# ", " o ", " @o"], picture);
    }

    [Fact]
    public void HeldOutIntents_AreSpreadOverAllInTheOrderOfTheirNames()
    {
        LabeledText[] examples = [.. "fedcba".Select(c => new LabeledText("text " + c, c.ToString())), new("noise", "unknown")];
        var left = IntentHoldOut.Choose(examples, 3);
        Assert.Equal(["a", "c", "e"], left.Order(StringComparer.Ordinal));
        Assert.Equal(["f", "d", "b", "unknown"], examples.Without(left).Select(example => example.Label));
        Assert.Equal(4, examples.AsUnknown(left).Count(example => example.Label == "unknown"));
        Assert.Contains("at most 4", Assert.Throws<InvalidDataException>(() => IntentHoldOut.Choose(examples, 5)).Message, StringComparison.Ordinal);
    }
}
