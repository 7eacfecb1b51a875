namespace CustomerService.Knowledge;

/// <summary>Where articles' vectors are kept, by a hash of the text that each was made from.</summary>
internal interface IVectorStore
{
    /// <summary>Which of these texts have no vector yet.</summary>
    ValueTask<IReadOnlySet<string>> MissingAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellation);

    ValueTask KeepAsync(IReadOnlyList<(string Hash, float[] Vector)> vectors, CancellationToken cancellation);

    /// <summary>The nearest of these texts, nearest first.</summary>
    /// <param name="among">Hashes of the texts that may be found.</param>
    ValueTask<IReadOnlyList<(string Hash, double Cosine)>> NearestAsync(float[] question, IReadOnlyCollection<string> among, int limit, CancellationToken cancellation);
}
