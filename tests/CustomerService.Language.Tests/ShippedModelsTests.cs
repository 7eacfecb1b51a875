namespace CustomerService.Language.Tests;

public sealed class ShippedModelsTests(TrainedCorpus trained) : IClassFixture<TrainedCorpus>
{
    /// <summary>After a change of the corpus or of the training: run once with CUSTOMERSERVICE_WRITE_MODELS=1, and commit the models.</summary>
    [Fact]
    public void TrainingTheCorpusAgain_GivesTheCommittedBytes()
    {
        foreach (var (name, model) in trained.Models)
        {
            var path = Path.Combine(Repository.Models, name);
            if (Environment.GetEnvironmentVariable("CUSTOMERSERVICE_WRITE_MODELS") == "1")
                model.Save(path);
            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(BytesOf(model)), $"{path} is not what the corpus gives now. Run this test with CUSTOMERSERVICE_WRITE_MODELS=1 and commit the file.");
        }
    }

    [Fact]
    public void TrainingTwice_GivesTheSameBytes()
    {
        var again = new CorpusTrainer().Train(Repository.Corpus);
        Assert.All(trained.Models, pair => Assert.Equal(BytesOf(pair.Value), BytesOf(again[pair.Key])));
    }

    [Fact]
    public void TogetherTheyAreSmall() =>
        Assert.InRange(Directory.GetFiles(Repository.Models, "*.bin").Sum(file => new FileInfo(file).Length), 1, 1_500_000);

    [Fact]
    public void HeldOutMessages_AreUnderstood()
    {
        var report = new ModelEvaluator().Evaluate(trained.Models["en.intents.bin"], CorpusTrainer.ReadFolder(Path.Combine(Repository.Corpus, "en", "held-out")));
        Assert.True(report.Accuracy >= 0.88 && report.MacroF1 >= 0.88 && report.AnsweredAccuracy >= 0.92, report.ToString());
    }

    [Fact]
    public void HeldOutMessages_AreNotInTheCorpus()
    {
        var known = CorpusTrainer.ReadFolder(Path.Combine(Repository.Corpus, "en", "intents")).Select(example => Simplified(example.Text)).ToHashSet();
        var heldOut = CorpusTrainer.ReadFolder(Path.Combine(Repository.Corpus, "en", "held-out"));
        Assert.DoesNotContain(heldOut, example => known.Contains(Simplified(example.Text)));
    }

    [Fact]
    public void EveryIntent_HasEnoughOfBoth()
    {
        var intents = Directory.GetFiles(Path.Combine(Repository.Corpus, "en", "intents")).Select(Path.GetFileName).ToList();
        Assert.All(intents, file => Assert.True(File.ReadLines(Path.Combine(Repository.Corpus, "en", "intents", file!)).Distinct().Count() >= 45, file));
        Assert.All(intents, file => Assert.True(File.ReadLines(Path.Combine(Repository.Corpus, "en", "held-out", file!)).Distinct().Count() >= 8, file));
        Assert.True(intents.Count > 32);
    }

    private static byte[] BytesOf(LinearModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static string Simplified(string text) => new(text.ToLowerInvariant().Where(char.IsLetter).ToArray());
}
