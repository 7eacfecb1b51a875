namespace CustomerService.Assistants.Quality;

/// <summary>Polite, calm, in the house style, and fitting the mood and manners of the person who reads it.</summary>
internal static class ToneCheck
{
    /// <summary>The mood under which a customer counts as upset.</summary>
    public const double Upset = -0.3;

    // Two apologies may be meant; a third is a formula.
    private const int MostApologies = 2;

    public static QualityCheck Check(string plain, QualitySubject subject, QualityRules rules)
    {
        var findings = new List<QualityFinding>();
        var terms = rules.In(subject.Language);
        if (string.IsNullOrWhiteSpace(plain))
            findings.Add(new(FindingKinds.Empty, "It says nothing.", "Answer the question, or give the conversation to a person.", 1, Forbids: true));
        if (terms.Rude.FirstIn(plain) is { } rude)
            findings.Add(new(FindingKinds.Rude, $"'{rude}' is rude.", $"Say it politely, without '{rude}'.", 1, Forbids: true));
        if (terms.Sarcastic.FirstIn(plain) is { } sarcastic)
            findings.Add(new(FindingKinds.Sarcasm, $"'{sarcastic}' sounds like a reproach or irony.", $"Say plainly what can be done, without '{sarcastic}'.", 0.7));
        if (Shouts(plain, rules))
            findings.Add(new(FindingKinds.Shouting, "It shouts: capitals or exclamation marks in a row.", "Write plain sentences.", 0.7));
        if (subject.CustomerSentiment < Upset)
            CheckForUpset(plain, terms, findings);
        if (terms.Apologies.CountIn(plain) > MostApologies)
            findings.Add(new(FindingKinds.Apologies, "It apologises again and again.", "Apologise once, then say what happens next.", 0.3));
        if (FormsOfAddress.Fault(plain, subject, rules) is { } address)
            findings.Add(address);
        if (subject.BrandGuidelines)
            CheckStyle(plain, subject, rules, terms, findings);
        return QualityCheck.Of("tone", findings);
    }

    private static void CheckForUpset(string plain, LanguageTerms terms, List<QualityFinding> findings)
    {
        if (terms.Cheerful.FirstIn(plain) is { } cheerful)
            findings.Add(new(FindingKinds.Cheer, $"'{cheerful}' is out of place: the customer is upset.", "Acknowledge the trouble first.", 0.7));
        else if (!terms.Empathetic.Terms.IsEmpty && terms.Empathetic.FirstIn(plain) is null)
            findings.Add(new(FindingKinds.NoEmpathy, "The customer is upset and the answer does not acknowledge it.", "Begin with a word of understanding.", 0.3));
    }

    private static void CheckStyle(string plain, QualitySubject subject, QualityRules rules, LanguageTerms terms, List<QualityFinding> findings)
    {
        if (terms.OffBrand.FirstIn(plain) is { } offBrand)
            findings.Add(new(FindingKinds.OffBrand, $"'{offBrand}' is not our style.", $"Choose another word for '{offBrand}'.", 0.4));
        if (subject.Channel is { } channel && subject.Language is { } language && rules.Brand.SignOffChannels.Contains(channel)
            && rules.Brand.SignOff.TryGetValue(language, out var signOff) && !plain.TrimEnd().EndsWith(PlainText.Of(signOff), StringComparison.OrdinalIgnoreCase))
            findings.Add(new(FindingKinds.SignOff, "It does not end with our sign-off.", $"End with: {signOff}", 0.2));
    }

    // Two words in capitals side by side, or two long ones anywhere: single short ones are abbreviations that no list knows.
    private static bool Shouts(string plain, QualityRules rules)
    {
        if (plain.Contains("!!!", StringComparison.Ordinal))
            return true;
        var (lastEnd, longOnes) = (-2, 0);
        for (var i = 0; i < plain.Length; i++)
        {
            var start = i;
            while (i < plain.Length && char.IsUpper(plain[i]))
                i++;
            var wholeWord = (start == 0 || !char.IsLetterOrDigit(plain[start - 1])) && (i == plain.Length || !char.IsLetterOrDigit(plain[i]));
            if (i - start < 3 || !wholeWord || rules.Abbreviations.Contains(plain[start..i]))
                continue;
            if (lastEnd == start - 1 || (i - start >= 5 && ++longOnes == 2))
                return true;
            lastEnd = i;
        }

        return false;
    }
}
