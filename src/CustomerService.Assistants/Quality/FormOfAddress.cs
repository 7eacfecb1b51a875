namespace CustomerService.Assistants.Quality;

/// <summary>How one person speaks to another: Sie or du, vous or tu, usted or tú, です・ます or not.</summary>
internal enum FormOfAddress
{
    Unknown,
    Formal,
    Informal,
}

internal static class FormsOfAddress
{
    /// <summary>The form that a text takes, with a word that shows it. Where both are used, the familiar one is what a reader feels.</summary>
    public static (FormOfAddress Form, string Word) In(string plain, LanguageTerms terms)
    {
        if (terms.Informal.FirstIn(plain) is { } informal)
            return (FormOfAddress.Informal, informal);
        return terms.Formal.FirstIn(plain) is { } formal ? (FormOfAddress.Formal, formal) : (FormOfAddress.Unknown, "");
    }

    /// <summary>What is wrong with a text's form, given the owner's choice and how the customer writes; null when nothing is.</summary>
    public static QualityFinding? Fault(string plain, QualitySubject subject, QualityRules rules)
    {
        if (subject.Language is not { } language || In(plain, rules.In(language)) is not ({ } form, { } word) || form == FormOfAddress.Unknown)
            return null;
        var customers = In(PlainText.Of(subject.CustomerMessage), rules.In(language)).Form;
        var wanted = rules.Brand.Address.GetValueOrDefault(language);
        if (form == FormOfAddress.Informal && (customers == FormOfAddress.Formal || (wanted == "formal" && subject.BrandGuidelines)))
        {
            return new(FindingKinds.FormOfAddress, $"'{word}' is too familiar: {(customers == FormOfAddress.Formal ? "the customer writes formally" : "we address customers formally")}.",
                $"Use the polite form throughout ({string.Join(", ", rules.In(language).Formal.Terms.Take(2))}).", 0.7);
        }

        return form == FormOfAddress.Formal && wanted == "informal" && customers != FormOfAddress.Formal && subject.BrandGuidelines
            ? new(FindingKinds.FormOfAddress, $"'{word}' is stiffer than we speak to customers.", $"Use the familiar form ({string.Join(", ", rules.In(language).Informal.Terms.Take(2))}).", 0.3)
            : null;
    }
}
