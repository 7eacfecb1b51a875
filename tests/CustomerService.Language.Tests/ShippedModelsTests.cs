namespace CustomerService.Language.Tests;

public sealed class ShippedModelsTests(TrainedCorpus trained) : IClassFixture<TrainedCorpus>
{
    /// <summary>After a change of the corpus or of the training: <c>./run train --out src/CustomerService.Language/Models</c>, and commit the models.</summary>
    [Fact]
    public void TrainingTheCorpusAgain_GivesTheCommittedBytes()
    {
        Assert.Equal(trained.Models.Keys, Directory.GetFiles(Repository.Models, "*.bin").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var (name, model) in trained.Models)
        {
            var path = Path.Combine(Repository.Models, name);
            Assert.True(
                File.ReadAllBytes(path).AsSpan().SequenceEqual(BytesOf(model)),
                $"{path} is not what the corpus gives now. Run: ./run train --corpus {Repository.Corpus} --out {Repository.Models}");
        }
    }

    [Fact]
    public void TrainingTwice_GivesTheSameBytes()
    {
        var again = new CorpusTrainer().Train(trained.Corpus, []);
        Assert.All(trained.Models, pair => Assert.Equal(BytesOf(pair.Value), BytesOf(again[pair.Key])));
    }

    [Fact]
    public void TogetherTheyAreSmall() =>
        Assert.InRange(Directory.GetFiles(Repository.Models, "*.bin").Sum(file => new FileInfo(file).Length), 1, 9_000_000);

    private static byte[] BytesOf(LinearModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
