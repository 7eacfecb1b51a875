namespace CustomerService.Language.Tests;

public sealed class ModelTrainerTests
{
    private static readonly LabeledText[] Weather =
    [
        new("the sun shines brightly", "fair"), new("a bright and sunny day", "fair"), new("sunshine all the week", "fair"), new("clear skies and sun", "fair"),
        new("rain falls all day", "wet"), new("a rainy and stormy week", "wet"), new("heavy rain and storm", "wet"), new("storms bring much rain", "wet"),
    ];

    [Fact]
    public void TheSameExamples_GiveTheSameBytes() => Assert.Equal(BytesOf(Train(Weather)), BytesOf(Train(Weather)));

    [Fact]
    public void OtherExamples_GiveOtherBytes() => Assert.NotEqual(BytesOf(Train(Weather)), BytesOf(Train(Weather[1..])));

    [Fact]
    public void WhatWasLearnt_IsTold()
    {
        var classifier = new LinearIntentClassifier(Train(Weather));
        Assert.Equal("fair", classifier.Classify("sun and sunshine").Ranked[0].Intent);
        Assert.Equal("wet", classifier.Classify("will it rain").Ranked[0].Intent);
        Assert.Equal(["fair", "wet"], classifier.Intents);
    }

    [Fact]
    public void OneLabelOnly_IsRefused() =>
        Assert.Contains("at least two labels", Assert.Throws<InvalidDataException>(() => Train(Weather[..4])).Message, StringComparison.Ordinal);

    [Fact]
    public void SenselessOptions_AreRefused() =>
        Assert.Contains("Folds", Assert.Throws<ArgumentException>(() => new ModelTrainer().Train(Weather, new TrainingOptions { Folds = 1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => new ModelTrainer().Train(Weather, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Progress_ReachesTheEndOfThePhase()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<TrainingProgress>();
        new ModelTrainer(new Recorder(seen.Add)).Train(Weather);
        Assert.Contains(new TrainingProgress("training", 2, 2), seen);
    }

    /// <summary>Ten thousand real messages of 77 intents: the whole way from a CSV to the report.</summary>
    [Fact]
    public void BankingMessages_AreToldApart()
    {
        if (Repository.Shared("data/banking77/train.csv") is not { } train || Repository.Shared("data/banking77/test.csv") is not { } test)
        {
            Console.WriteLine("Skipped: no ../shared/data/banking77 beside the repository.");
            return;
        }

        var model = new ModelTrainer().Train(LabeledTextCsv.Read(train, "text", "category"));
        var report = new ModelEvaluator().Evaluate(model, LabeledTextCsv.Read(test, "text", "category"));
        Assert.True(report is { Examples: 3080, Accuracy: >= 0.905, MacroF1: >= 0.90, UnknownShare: < 0.06, CalibrationError: < 0.08 }, report.ToString());
        Assert.Equal(77, report.Labels.Length);

        var classifier = new LinearIntentClassifier(model);
        Assert.Equal(IntentRanking.Unknown, classifier.Classify("zxcv qwpo mnbv").Primary);
        Assert.Equal(IntentRanking.Unknown, classifier.Classify("The orchestra rehearsed a symphony by Mahler").Primary);
    }

    private static LinearModel Train(IEnumerable<LabeledText> examples) => new ModelTrainer().Train(examples, new TrainingOptions { MinimumExamples = 1 });

    private static byte[] BytesOf(LinearModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private sealed class Recorder(Action<TrainingProgress> record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => record(value);
    }
}
