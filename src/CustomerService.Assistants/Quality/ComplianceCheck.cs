using CustomerService.Assistants.Quality.Personal;

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
                findings.Add(new($"It shows a {detail.Name}.", "Remove personal details; name at most the last four digits.", 1, Forbids: true));
        }

        if (rules.Prohibited.FirstIn(plain) is { } prohibited)
            findings.Add(new($"It has the prohibited term '{prohibited}'.", $"Say it without '{prohibited}'.", 1, Forbids: true));
        if (rules.Regulatory.FirstIn(plain) is { } promise)
            findings.Add(new($"'{promise}' is a promise or advice that needs approval.", "State what the article says instead of promising or advising.", 0.7));
        return QualityCheck.Of("compliance", findings);
    }

    private bool MayBeShown(PersonalDetail detail, QualitySubject subject)
    {
        // A parcel's tracking number can look like a card's or a state's.
        if (detail.IsGuarded)
            return detail.Kind is DetailKind.Card or DetailKind.NationalId && subject.OwnDetails.Contains(detail.Value);
        return OwnContacts.Include(subject.OwnDetails, detail) || OwnContacts.Include(rules.OwnContacts, detail)
            || subject.Sources.Append(subject.CustomerMessage).Any(source => Mentions(source, detail));
    }

    private static bool Mentions(string source, PersonalDetail detail) =>
        PersonalDetails.FindIn(source).Any(known => known.Kind == detail.Kind && OwnContacts.AreSame(detail, known.Value));
}
