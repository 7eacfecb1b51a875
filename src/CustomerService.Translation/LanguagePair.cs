namespace CustomerService.Translation;

/// <summary>From one language into another, by their ISO 639-1 codes.</summary>
internal readonly record struct LanguagePair(string From, string To)
{
    public override string ToString() => $"{From}-{To}";
}
