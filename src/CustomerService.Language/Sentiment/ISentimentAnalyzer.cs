namespace CustomerService.Language;

/// <summary>Tells a customer's mood. Thread-safe.</summary>
public interface ISentimentAnalyzer
{
    /// <summary>Never fails, whatever the text. What stands after 4,000 characters is not analysed.</summary>
    /// <param name="text">The message.</param>
    /// <param name="earlier">
    /// What the same customer wrote before in this conversation, oldest first; the last three count. They colour a message that is
    /// matter-of-fact by itself, and a question asked again shows frustration.
    /// </param>
    SentimentReading Analyze(string text, IReadOnlyList<string>? earlier = null);
}
