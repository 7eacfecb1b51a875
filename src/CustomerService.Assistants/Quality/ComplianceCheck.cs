namespace CustomerService.Assistants.Quality;

/// <summary>Nobody's details given away, no prohibited term, no promise that needs a lawyer.</summary>
internal sealed class ComplianceCheck(QualityRules rules)
{
    public QualityCheck Check(string plain, QualitySubject subject)
    {
        var findings = new List<QualityFinding>();
        foreach (var detail in PersonalDetails.FindIn(plain))
        {
            if (!MayBeShown(detail, subject))
                findings.Add(new($"It shows a {detail.Kind}.", "Remove personal details; name at most the last four digits.", 1, Forbids: true));
        }

        if (rules.Prohibited.FirstIn(plain) is { } prohibited)
            findings.Add(new($"It has the prohibited term '{prohibited}'.", $"Say it without '{prohibited}'.", 1, Forbids: true));
        if (rules.Regulatory.FirstIn(plain) is { } promise)
            findings.Add(new($"'{promise}' is a promise or advice that needs approval.", "State what the article says instead of promising or advising.", 0.7));
        return QualityCheck.Of("compliance", findings);
    }

    private bool MayBeShown(PersonalDetail detail, QualitySubject subject)
    {
        // Cards, accounts and social security numbers are never shown, not even to their owner.
        if (detail.Kind is PersonalDetails.Email or PersonalDetails.Telephone)
            return subject.OwnDetails.Concat(rules.OwnContacts).Any(own => Same(own, detail.Value)) || subject.Sources.Any(source => Mentions(source, detail));
        // A parcel's tracking number can look like a card's.
        return detail.Kind == PersonalDetails.Card && subject.OwnDetails.Any(own => own.Length == detail.Value.Length && own == detail.Value);
    }

    private static bool Mentions(string source, PersonalDetail detail) =>
        PersonalDetails.FindIn(PlainText.Of(source)).Any(known => known.Kind == detail.Kind && Same(known.Value, detail.Value));

    private static bool Same(string own, string found) =>
        string.Equals(own, found, StringComparison.OrdinalIgnoreCase) || (DigitsOf(own) is { Length: > 0 } digits && digits == DigitsOf(found) && !found.Contains('@', StringComparison.Ordinal));

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
