namespace CustomerService.Language.Tests;

/// <summary>Thirteen thousand real messages of 77 intents: the whole way from a CSV to the report.</summary>
public sealed class BankingTests
{
    [Fact]
    public void Messages_AreToldApartWithHonestConfidence()
    {
        if (Read() is not { } banking)
            return;
        var model = new ModelTrainer().Train(banking.Train);
        var report = IntentEvaluation.Of(model, banking.Test);
        Assert.True(report is { Examples: 3080, Accuracy: >= 0.915, MacroF1: >= 0.915, UnknownShare: < 0.06, AnsweredAccuracy: >= 0.93, CalibrationError: <= 0.05 }, report.ToString());
        Assert.Equal(77, report.Labels.Length);

        var understanding = MessageUnderstanding.Load(model);
        Assert.Equal(IntentRanking.Unknown, understanding.Understand("zxcv qwpo mnbv").Intent.Primary);
        Assert.Equal(IntentRanking.Unknown, understanding.Understand("The orchestra rehearsed a symphony by Mahler").Intent.Primary);
    }

    /// <summary>As CLINC tests it: what was never learnt must have less confidence than what was.</summary>
    [Fact]
    public void MessagesOfIntentsNotLearnt_StandOut()
    {
        if (Read() is not { } banking)
            return;
        var left = IntentHoldOut.Choose(banking.Train, 20);
        var model = new ModelTrainer().Train(banking.Train.Without(left));
        var report = IntentEvaluation.Of(model, banking.Test.AsUnknown(left));
        Assert.Equal(800, report.Labels.Single(label => label.Label == IntentRanking.Unknown).Examples);
        Assert.True(report.KnownAuroc >= 0.90, report.ToString());
    }

    private static (IReadOnlyList<LabeledText> Train, IReadOnlyList<LabeledText> Test)? Read()
    {
        if (Repository.Shared("data/banking77/train.csv") is { } train && Repository.Shared("data/banking77/test.csv") is { } test)
            return (LabeledTextCsv.Read(train, "text", "category"), LabeledTextCsv.Read(test, "text", "category"));
        Console.WriteLine("Skipped: no ../shared/data/banking77 beside the repository.");
        return null;
    }
}
