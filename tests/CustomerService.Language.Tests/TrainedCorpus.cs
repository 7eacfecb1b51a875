namespace CustomerService.Language.Tests;

/// <summary>The models of the corpus, trained once for all tests of a collection.</summary>
public sealed class TrainedCorpus
{
    public Corpus Corpus { get; } = Corpus.Open(Repository.Corpus);

    public IReadOnlyDictionary<string, LinearModel> Models { get; } = new CorpusTrainer().Train(Corpus.Open(Repository.Corpus), []);
}
