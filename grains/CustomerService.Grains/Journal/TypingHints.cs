namespace CustomerService.Grains.Journal;

/// <summary>The signs that somebody is writing in a conversation.</summary>
public static class TypingHints
{
    public const string Customer = "typing:customer";
    public const string Agent = "typing:agent";

    /// <summary>A chat model is writing an answer.</summary>
    public const string Assistant = "typing:assistant";
}
