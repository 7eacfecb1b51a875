using System.Collections.Immutable;

namespace CustomerService.Translation;

/// <summary>Translates between people. What must not change (names, numbers, links, the owner's terms) comes out as it went in, or there is no translation.</summary>
public interface ITranslator
{
    /// <summary>Asks the owner's services in turn. A service's fault is never an exception: only the caller's own cancellation is.</summary>
    ValueTask<TranslationOutcome> TranslateAsync(TranslationRequest request, CancellationToken cancellation = default);
}

/// <param name="From">ISO 639-1, such as <c>es</c>.</param>
/// <param name="To">ISO 639-1.</param>
/// <param name="Text">Plain text.</param>
public sealed record TranslationRequest(string From, string To, string Text)
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxText = 30_000;

    /// <summary>Names of people in it, such as the customer's and the agent's: kept as they are.</summary>
    public ImmutableArray<string> Names { get; init; } = [];
}

/// <summary>A translation, or why there is none.</summary>
public abstract record TranslationOutcome
{
    private TranslationOutcome()
    {
    }

    /// <param name="Provider">The name of the service that made it, from the settings.</param>
    public sealed record Translated(string Text, string Provider) : TranslationOutcome;

    /// <param name="Reason">In a sentence, fit for an agent.</param>
    public sealed record NotTranslated(string Reason) : TranslationOutcome;
}
