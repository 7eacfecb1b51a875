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
        var model = Train(Weather);
        Assert.Equal("fair", Rank(model, "sun and sunshine").Ranked[0].Intent);
        Assert.Equal("wet", Rank(model, "will it rain").Ranked[0].Intent);
        Assert.Equal(["fair", "wet"], model.Head(LinearHead.Intent)!.Labels.AsEnumerable());
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
        Assert.Contains(new TrainingProgress("intent: training", 1, 1), seen);
    }

    /// <summary>What only ever stood near a word counts for it, in whichever order and with other words between.</summary>
    [Fact]
    public void WordsThatStandNearEachOther_AreLearntAsAPair()
    {
        LabeledText[] examples =
        [
            new("cat sees big dog", "chase"), new("dog now sees cat", "chase"), new("dog and old cat", "chase"), new("cat or a dog", "chase"),
            new("cat sees big cow", "calm"), new("cow now sees cat", "calm"), new("dog and old cow", "calm"), new("cow or a dog", "calm"),
        ];
        var model = Train(examples);
        Assert.Equal("chase", Rank(model, "dog xyz qwe cat").Ranked[0].Intent);
        Assert.Equal("calm", Rank(model, "dog xyz qwe cow").Ranked[0].Intent);
    }

    private static IntentRanking Rank(LinearModel model, string text) => MessageUnderstanding.Load(model).Understand(text).Intent;

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
