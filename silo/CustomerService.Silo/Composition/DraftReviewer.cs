using System.Collections.Immutable;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Quality.Personal;
using CustomerService.Gateway.Staff;
using CustomerService.Knowledge;

namespace CustomerService.Silo.Composition;

/// <summary>Holds people's drafts against the same gate as assistants' answers.</summary>
/// <param name="knowledge">The articles that a draft's claims are looked up in; null where this process has none, and then claims are not judged.</param>
internal sealed class DraftReviewer(IQualityRulesSource rules, Func<IKnowledgeBase?> knowledge) : IDraftReview
{
    private const int MostArticles = 4;

    private readonly QualityGate _gate = new(rules);

    public async ValueTask<DraftReview> ReviewAsync(Draft draft, CancellationToken cancellation)
    {
        var review = _gate.Review(new QualitySubject(draft.Text)
        {
            Language = draft.Language,
            Channel = draft.Channel,
            Tier = draft.Tier,
            Intent = draft.Intent,
            CustomerMessage = string.Join('\n', draft.Customer),
            CustomerSentiment = draft.Sentiment,
            EarlierTexts = draft.People,
            Sources = [.. draft.Assistant, .. await SourcesAsync(draft, cancellation)],
        });
        var claimsJudged = knowledge() is not null;
        var checks = review.Checks.Where(check => claimsJudged || check.Name != "accuracy").ToList();
        var score = Math.Round(checks.Average(check => check.Score), 4);
        var policy = rules.Current.People;
        var findings = checks.SelectMany(check => check.Findings, (check, finding) => new DraftFinding(
                check.Name, finding.Kind, finding.Issue, finding.Suggestion, policy.Block.Contains(finding.Kind), PeoplePolicy.Never.Contains(finding.Kind)));
        var passed = score >= rules.Current.PassMark && !checks.Exists(check => check.Findings.Any(finding => finding.Forbids));
        return new DraftReview(
            score, passed, review["compliance"].Score, review["tone"].Score, claimsJudged ? review["accuracy"].Score : 1, [.. findings], review.Redacted);
    }

    public string Redacted(string text) => Redaction.Redact(text).Text;

    // What the draft seems to rest on: the articles about it and about what was asked, also those that only people may read.
    private async ValueTask<ImmutableArray<string>> SourcesAsync(Draft draft, CancellationToken cancellation)
    {
        if (knowledge() is not { } articles)
            return [];
        var language = draft.Language ?? "en";
        var about = await articles.SearchAsync(new KnowledgeQuery(draft.Text, draft.Intent, language, draft.Tier, IncludeInternal: true, MostArticles), cancellation);
        var asked = await articles.SearchAsync(new KnowledgeQuery(draft.Customer.LastOrDefault() ?? "", draft.Intent, language, draft.Tier, IncludeInternal: true, MostArticles), cancellation);
        return [.. about.Hits.Concat(asked.Hits).Select(hit => $"{hit.Article.Title}\n{hit.Article.PlainText}").Distinct()];
    }
}
