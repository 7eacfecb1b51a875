using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>Every fact rests on a source, and the answer is about what was asked.</summary>
internal static class AccuracyCheck
{
    public static QualityCheck Check(string plain, QualitySubject subject)
    {
        var findings = new List<QualityFinding>();
        var stated = FactReader.Read(plain);
        if (stated.Count > 0)
        {
            var known = subject.Sources.SelectMany(source => FactReader.Read(PlainText.Of(source))).ToHashSet();
            foreach (var fact in FactReader.Read(PlainText.Of(subject.CustomerMessage)))
            {
                if (fact.Kind == FactKind.OrderNumber)
                    known.Add(fact);
            }

            foreach (var fact in stated)
            {
                if (!known.Contains(fact) && !known.Any(fact.RestsOn))
                    findings.Add(Ungrounded(fact));
            }
        }

        if (subject.Intent is { } intent && !Matches(intent, subject.AnsweredIntents))
        {
            findings.Add(new(
                $"It answers {string.Join(", ", subject.AnsweredIntents)}, and the customer asked about {intent}.",
                "Answer the question that was asked.", 0.7));
        }

        return QualityCheck.Of("accuracy", findings);
    }

    private static bool Matches(string intent, ImmutableArray<string> answered) => answered.IsDefaultOrEmpty || answered.Contains(intent);

    private static QualityFinding Ungrounded(Fact fact)
    {
        var what = fact.Kind switch
        {
            FactKind.Money => $"The amount {fact.Value}",
            FactKind.Date => $"The date {fact.Value}",
            FactKind.OrderNumber => $"The id {fact.Value}",
            FactKind.WebAddress => $"The address {fact.Value}",
            _ => fact.Unit is { } unit ? $"'{fact.Value} {unit}'" : $"The number {fact.Value}",
        };
        return new($"{what} is in none of the sources.", "State only what an article or the order's record says.", 0.7);
    }
}
