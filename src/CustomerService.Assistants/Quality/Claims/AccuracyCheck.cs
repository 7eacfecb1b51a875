using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality.Claims;

/// <summary>Every claim rests on a source, by value and whatever the languages, and the answer is about what was asked.</summary>
internal static class AccuracyCheck
{
    public static QualityCheck Check(string plain, QualitySubject subject)
    {
        var findings = new List<QualityFinding>();
        var sources = subject.Sources.IsDefaultOrEmpty ? [] : subject.Sources.Select(PlainText.Of).ToList();
        CheckFacts(plain, subject, sources, findings);
        CheckStates(plain, sources, findings);
        if (subject.Intent is { } intent && !Matches(intent, subject.AnsweredIntents))
        {
            findings.Add(new(
                FindingKinds.OtherIntent, $"It answers {string.Join(", ", subject.AnsweredIntents)}, and the customer asked about {intent}.",
                "Answer the question that was asked.", 0.7));
        }

        return QualityCheck.Of("accuracy", findings);
    }

    private static void CheckFacts(string plain, QualitySubject subject, List<string> sources, List<QualityFinding> findings)
    {
        var stated = FactReader.Read(plain);
        if (stated.Count == 0)
            return;
        var known = sources.SelectMany(FactReader.Read).ToHashSet();
        foreach (var fact in FactReader.Read(PlainText.Of(subject.CustomerMessage)))
        {
            if (fact.Kind == FactKind.OrderNumber)
                known.Add(fact);
        }

        foreach (var fact in stated.Distinct())
        {
            // That something is free is said of many things in passing; it counts as a promise where sources were used at all.
            if (!known.Contains(fact) && !known.Any(fact.RestsOn) && (fact.Kind != FactKind.Free || sources.Count > 0))
                findings.Add(Ungrounded(fact, known));
        }
    }

    private static void CheckStates(string plain, List<string> sources, List<QualityFinding> findings)
    {
        var claimed = OrderStates.ClaimedIn(plain);
        if (claimed.IsEmpty)
            return;
        var known = OrderStates.KnownTo(sources);
        foreach (var (state, words) in claimed)
        {
            if (known.Contains(state))
                continue;
            var truth = known.Count == 0 ? "no source speaks of the order's state" : $"the sources say: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
            findings.Add(new(FindingKinds.OrderState, $"It says '{words}', and {truth}.", "Say the state that the order's record has.", 0.7));
        }
    }

    private static bool Matches(string intent, ImmutableArray<string> answered) => answered.IsDefaultOrEmpty || answered.Contains(intent);

    private static QualityFinding Ungrounded(Fact fact, HashSet<Fact> known)
    {
        var what = fact.Kind switch
        {
            FactKind.Money => $"The amount {fact}",
            FactKind.Date => $"The date {fact}",
            FactKind.OrderNumber => $"The id {fact}",
            FactKind.WebAddress => $"The address {fact}",
            FactKind.Free => "That it is free of charge",
            _ => fact.Unit is not null ? $"'{fact}'" : $"The number {fact}",
        };
        var alike = known.Where(candidate => candidate.Kind == fact.Kind && (fact.Kind != FactKind.Number || (fact.Unit is not null && IsAlike(fact.Unit, candidate.Unit))))
            .Select(candidate => candidate.ToString()).Distinct().Take(4).ToList();
        var suggestion = "State only what an article or the order's record says" + (alike.Count > 0 && fact.Kind != FactKind.WebAddress ? $"; the sources say {string.Join(", ", alike)}." : ".");
        return new(FindingKinds.Claim, $"{what} is in none of the sources.", suggestion, 0.7);
    }

    private static bool IsAlike(string unit, string? other) => unit == other || (unit.EndsWith("day", StringComparison.Ordinal) && other?.EndsWith("day", StringComparison.Ordinal) == true);
}
