using CustomerService.Assistants.Quality;

namespace CustomerService.Silo.Interpreting;

/// <summary>Holds a translated reply against the rules for what is sent: what its agent did not write must not come in by the translation.</summary>
internal sealed class TranslationReview(QualityGate gate)
{
    private const string Compliance = "compliance";

    /// <summary>Null: it may go out.</summary>
    public string? Objection(string original, string from, string translated, string to)
    {
        var known = Forbidden(original, from).Select(finding => (finding.Kind, finding.Rule)).ToHashSet();
        return Forbidden(translated, to).FirstOrDefault(finding => !known.Contains((finding.Kind, finding.Rule))) is { } added
            ? $"its translation must not be sent: {added.Issue}"
            : null;
    }

    private IEnumerable<QualityFinding> Forbidden(string text, string language) =>
        gate.Review(new QualitySubject(text) { Language = language, BrandGuidelines = false })[Compliance].Findings.Where(finding => finding.Forbids);
}
