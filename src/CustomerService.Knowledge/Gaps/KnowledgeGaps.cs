using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Groups unanswered questions into suggested articles. Pure: the same questions give the same groups, in whatever order they come.</summary>
public static class KnowledgeGaps
{
    /// <summary>How alike, 0…1, a question and a group must be. Paraphrases share few words, so it is low; the grams keep chance out.</summary>
    private const double LeastAlike = 0.22;

    // Two questions that were understood alike are likelier about one thing.
    private const double SameIntent = 0.08;

    private const int OtherQuestions = 20;
    private const int Rounds = 3;
    private const int MostExamples = 5;

    /// <returns>The biggest group first.</returns>
    public static ImmutableArray<KnowledgeGap> Group(IEnumerable<UnansweredQuestion> questions) =>
    [
        .. questions.GroupBy(question => question.Language).OrderBy(language => language.Key, StringComparer.Ordinal).SelectMany(InLanguage)
            .OrderByDescending(gap => gap.Size).ThenBy(gap => gap.Language, StringComparer.Ordinal).ThenBy(gap => gap.Title, StringComparer.Ordinal),
    ];

    private static IEnumerable<KnowledgeGap> InLanguage(IGrouping<string, UnansweredQuestion> language)
    {
        var questions = language.OrderBy(question => question.At).ThenBy(question => question.Text, StringComparer.Ordinal).ThenBy(question => question.ConversationId, StringComparer.Ordinal).ToList();
        var vectors = Vectors(questions, language.Key);
        // The first round makes the groups; the others move each question to where it fits best, now that the groups have shape.
        var group = new int[questions.Count];
        var groups = new List<TermVector>();
        for (var round = 0; round < Rounds; round++)
        {
            for (var at = 0; at < questions.Count; at++)
            {
                group[at] = Nearest(vectors[at], questions[at].Intent, groups, mayFound: round == 0);
                if (round == 0)
                    groups[group[at]].Add(vectors[at], questions[at].Intent);
            }
            groups = [.. Enumerable.Range(0, groups.Count).Select(number => TermVector.Sum(vectors.Where((_, at) => group[at] == number), questions.Where((_, at) => group[at] == number)))];
        }
        return Enumerable.Range(0, questions.Count).GroupBy(at => group[at]).Select(members => Gap(language.Key, [.. members], questions, vectors, groups[members.Key]));
    }

    private static int Nearest(TermVector question, string? intent, List<TermVector> groups, bool mayFound)
    {
        var (best, alike) = (-1, double.MinValue);
        for (var number = 0; number < groups.Count; number++)
        {
            var now = question.Cosine(groups[number]) + (intent is not null && groups[number].HasIntent(intent) ? SameIntent : 0);
            if (now > alike)
                (best, alike) = (number, now);
        }
        if (!mayFound || (best >= 0 && alike >= LeastAlike))
            return best;
        groups.Add(new TermVector());
        return groups.Count - 1;
    }

    private static KnowledgeGap Gap(string language, List<int> members, List<UnansweredQuestion> questions, List<TermVector> vectors, TermVector group)
    {
        var typical = members.OrderByDescending(at => vectors[at].Cosine(group)).ThenBy(at => at).Select(at => questions[at].Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var all = members.ConvertAll(at => questions[at]);
        return new KnowledgeGap(
            typical[0], language, all.Count, all.Select(question => question.ConversationId).Distinct().Count(), [.. typical.Take(MostExamples)],
            MostFrequent(all.Select(question => question.Intent)), MostFrequent(all.Select(question => question.NearestArticleId)),
            all.Min(question => question.At), all.Max(question => question.At));
    }

    private static string? MostFrequent(IEnumerable<string?> names) =>
        names.OfType<string>().GroupBy(name => name).OrderByDescending(name => name.Count()).ThenBy(name => name.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    private static List<TermVector> Vectors(List<UnansweredQuestion> questions, string language)
    {
        var terms = questions.ConvertAll(question => QueryTerms.Of(question.Text, language));
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in terms.SelectMany(question => question.Keys))
            found[key] = found.GetValueOrDefault(key) + 1;
        // As if there were others beside them: what two of three questions share is what they are about, not a filler.
        var weighting = new TermWeighting(questions.Count + OtherQuestions, 0);
        return terms.ConvertAll(question => TermVector.Of(question, key => weighting.OfTerm(found[key])));
    }
}
