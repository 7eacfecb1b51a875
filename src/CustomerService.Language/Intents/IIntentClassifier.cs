namespace CustomerService.Language;

/// <summary>Tells what a customer wants. Thread-safe.</summary>
public interface IIntentClassifier
{
    /// <summary>Never fails, whatever the text. What stands after 4,000 characters is not analysed.</summary>
    IntentRanking Classify(string text);

    /// <summary>All intents that can be named, in ordinal order, without <see cref="IntentRanking.Unknown"/>.</summary>
    IReadOnlyList<string> Intents { get; }
}
