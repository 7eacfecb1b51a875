namespace CustomerService.Assistants.Quality;

/// <summary>Polite, calm, in the house style, and fitting the mood of the person who reads it.</summary>
internal sealed class ToneCheck(QualityRules rules)
{
    /// <summary>The mood under which a customer counts as upset.</summary>
    public const double Upset = -0.3;

    public QualityCheck Check(string plain, QualitySubject subject)
    {
        var findings = new List<QualityFinding>();
        if (string.IsNullOrWhiteSpace(plain))
            findings.Add(new("It says nothing.", "Answer the question, or give the conversation to a person.", 1, Forbids: true));
        if (rules.Rude.FirstIn(plain) is { } rude)
            findings.Add(new($"'{rude}' is rude.", $"Say it politely, without '{rude}'.", 1, Forbids: true));
        if (Shouts(plain))
            findings.Add(new("It shouts: capitals or exclamation marks in a row.", "Write plain sentences.", 0.7));
        if (subject.CustomerSentiment < Upset)
            CheckForUpset(plain, findings);
        if (subject.BrandGuidelines && rules.OffBrand.FirstIn(plain) is { } offBrand)
            findings.Add(new($"'{offBrand}' is not our style.", $"Choose another word for '{offBrand}'.", 0.4));
        return QualityCheck.Of("tone", findings);
    }

    private void CheckForUpset(string plain, List<QualityFinding> findings)
    {
        if (rules.Cheerful.FirstIn(plain) is { } cheerful)
            findings.Add(new($"'{cheerful}' is out of place: the customer is upset.", "Acknowledge the trouble first.", 0.7));
        else if (rules.Empathetic.Terms.Length > 0 && rules.Empathetic.FirstIn(plain) is null)
            findings.Add(new("The customer is upset and the answer does not acknowledge it.", "Begin with a word of understanding.", 0.3));
    }

    private bool Shouts(string plain)
    {
        if (plain.Contains("!!!", StringComparison.Ordinal))
            return true;
        var inCapitals = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var start = i;
            while (i < plain.Length && char.IsUpper(plain[i]))
                i++;
            var wholeWord = (start == 0 || !char.IsLetterOrDigit(plain[start - 1])) && (i == plain.Length || !char.IsLetterOrDigit(plain[i]));
            if (i - start >= 3 && wholeWord && !rules.Abbreviations.Contains(plain[start..i]) && ++inCapitals == 2)
                return true;
        }

        return false;
    }
}
