using System.Collections.Immutable;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Quality;

/// <summary>Nobody's details given away, no prohibited term, no promise that needs a lawyer, none of the owner's rules broken.</summary>
internal static class ComplianceCheck
{
    public static QualityCheck Check(string plain, QualitySubject subject, QualityRules rules, ImmutableArray<PersonalDetail> exposed)
    {
        var findings = new List<QualityFinding>();
        foreach (var detail in exposed)
        {
            findings.Add(new(
                FindingKinds.Of(detail.Kind), $"It shows a {detail.Name}.", $"Write {detail.Mark} instead, or leave it out; name at most the last four digits.", 1, Forbids: true));
        }

        var terms = rules.In(subject.Language);
        if (terms.Prohibited.FirstIn(plain) is { } prohibited)
            findings.Add(new(FindingKinds.Prohibited, $"It has the prohibited term '{prohibited}'.", $"Say it without '{prohibited}'.", 1, Forbids: true));
        if (terms.Regulatory.FirstIn(plain) is { } promise)
            findings.Add(new(FindingKinds.Promise, $"'{promise}' is a promise or advice that needs approval.", "State what the article says instead of promising or advising.", 0.7));
        RuleCheck.Check(plain, subject, rules.Rules, findings);
        return QualityCheck.Of("compliance", findings);
    }

    /// <summary>The details in the text that this reader must not be shown.</summary>
    public static ImmutableArray<PersonalDetail> Exposed(QualitySubject subject, QualityRules rules) =>
        [.. PersonalDetails.FindIn(subject.Text, subject.EarlierTexts).Where(detail => !MayBeShown(detail, subject, rules))];

    private static bool MayBeShown(PersonalDetail detail, QualitySubject subject, QualityRules rules)
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
