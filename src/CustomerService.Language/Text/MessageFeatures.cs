namespace CustomerService.Language;

/// <summary>
/// One message, read once for all classifiers. Rented from its thread and given back by <see cref="Dispose"/>, so that
/// understanding a message allocates no buffers.
/// </summary>
internal sealed class MessageFeatures : IDisposable
{
    [ThreadStatic]
    private static MessageFeatures? spare;

    private MessageFeatures? _nextSpare;

    private MessageFeatures()
    {
    }

    public NormalizedText Text { get; } = new();

    public NgramCounts Ngrams { get; } = new();

    /// <summary>Reads the words and counts the n-grams.</summary>
    public static MessageFeatures Read(ReadOnlySpan<char> message)
    {
        var features = ReadWords(message);
        features.Ngrams.Count(features.Text);
        return features;
    }

    /// <summary>Reads the words only; <see cref="Ngrams"/> means nothing.</summary>
    public static MessageFeatures ReadWords(ReadOnlySpan<char> message)
    {
        var features = spare ?? new MessageFeatures();
        (spare, features._nextSpare) = (features._nextSpare, null);
        features.Text.Read(message);
        return features;
    }

    public void Dispose() => (_nextSpare, spare) = (spare, this);
}
