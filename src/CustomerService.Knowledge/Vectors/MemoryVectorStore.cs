using System.Collections.Concurrent;

namespace CustomerService.Knowledge;

/// <summary>The vectors in memory, compared one by one: exact, and quick enough for some ten thousand.</summary>
internal sealed class MemoryVectorStore : IVectorStore
{
    private readonly ConcurrentDictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlySet<string>> MissingAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellation) =>
        new(hashes.Where(hash => !_vectors.ContainsKey(hash)).ToHashSet(StringComparer.Ordinal));

    public ValueTask KeepAsync(IReadOnlyList<(string Hash, float[] Vector)> vectors, CancellationToken cancellation)
    {
        foreach (var (hash, vector) in vectors)
            _vectors[hash] = vector;
        return default;
    }

    public ValueTask<IReadOnlyList<(string Hash, double Cosine)>> NearestAsync(float[] question, IReadOnlyCollection<string> among, int limit, CancellationToken cancellation) =>
        new([.. among.Where(_vectors.ContainsKey).Select(hash => (hash, Cosine(question, _vectors[hash]))).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.hash, StringComparer.Ordinal).Take(limit)]);

    private static double Cosine(float[] one, float[] other)
    {
        if (one.Length != other.Length)
            return 0;
        var (product, oneLength, otherLength) = (0.0, 0.0, 0.0);
        for (var at = 0; at < one.Length; at++)
        {
            product += (double)one[at] * other[at];
            oneLength += (double)one[at] * one[at];
            otherLength += (double)other[at] * other[at];
        }
        return oneLength == 0 || otherLength == 0 ? 0 : product / Math.Sqrt(oneLength * otherLength);
    }
}
