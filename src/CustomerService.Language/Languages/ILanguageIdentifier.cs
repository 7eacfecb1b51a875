namespace CustomerService.Language;

/// <summary>Tells the language of a text. Thread-safe.</summary>
public interface ILanguageIdentifier
{
    /// <summary>
    /// The two-letter code of the text's language (en, es, fr, de, ja) and how certain that is, 0…1;
    /// <c>und</c> for another language, for gibberish and for a text too short to tell.
    /// </summary>
    (string Language, double Confidence) Identify(ReadOnlySpan<char> text);
}
