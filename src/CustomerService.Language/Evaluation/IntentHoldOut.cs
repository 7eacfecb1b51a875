namespace CustomerService.Language;

/// <summary>Takes intents out of training, so that their messages are unknown ones in evaluation, as CLINC's out-of-scope test does.</summary>
public static class IntentHoldOut
{
    /// <summary>So many of the examples' intents, evenly spread over all in ordinal order.</summary>
    public static IReadOnlySet<string> Choose(IEnumerable<LabeledText> examples, int count)
    {
        var intents = examples.Select(example => example.Label).Where(label => label != IntentRanking.Unknown).Distinct().Order(StringComparer.Ordinal).ToList();
        return count <= intents.Count - 2
            ? Enumerable.Range(0, count).Select(n => intents[n * intents.Count / count]).ToHashSet()
            : throw new InvalidDataException($"Of {intents.Count} intents at most {Math.Max(0, intents.Count - 2)} can be held out, since two must be left to learn; {count} is too many.");
    }

    /// <summary>The examples of the other intents.</summary>
    public static IReadOnlyList<LabeledText> Without(this IEnumerable<LabeledText> examples, IReadOnlySet<string> intents) =>
        [.. examples.Where(example => !intents.Contains(example.Label))];

    /// <summary>All examples, those of the intents as <see cref="IntentRanking.Unknown"/>.</summary>
    public static IReadOnlyList<LabeledText> AsUnknown(this IEnumerable<LabeledText> examples, IReadOnlySet<string> intents) =>
        [.. examples.Select(example => intents.Contains(example.Label) ? example with { Label = IntentRanking.Unknown } : example)];
}
