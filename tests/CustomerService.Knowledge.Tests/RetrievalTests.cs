using Npgsql;
using Xunit.Abstractions;

namespace CustomerService.Knowledge.Tests;

/// <summary>
/// The product's own articles, asked in customers' words. Constants were fitted to one half of each list; the other half, and fresh lists by another hand, are held to the targets.
/// </summary>
public sealed class RetrievalTests(PostgreSqlServer server, ITestOutputHelper output) : IClassFixture<PostgreSqlServer>
{
    // Those that are written: a language without a list has nothing to be measured by.
    public static TheoryData<string> Languages => [.. new[] { "en", "es", "fr", "de", "ja" }.Where(language => File.Exists(ShippedArticles.Questions(language)))];

    [Theory]
    [MemberData(nameof(Languages))]
    public Task Questions_FindTheirArticle_ByTheirWordsAlone(string language) => MeasureAsync(ShippedArticles.Index, language);

    [RequiresTheory("postgresql")]
    [MemberData(nameof(Languages))]
    public async Task Questions_FindTheirArticle_InPostgreSql(string language)
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await MeasureAsync(KnowledgeIndex.Open(ShippedArticles.Folder, settings: new IndexSettings { Database = database }), language);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task FreshQuestions_FindTheirArticle_ByTheirWordsAlone(string language)
    {
        var questions = RetrievalQuestion.ReadFile(ShippedArticles.FreshQuestions(language)).ToList();

        var understood = await RetrievalEvaluation.RunAsync(ShippedArticles.Index, questions, language);
        var report = await RetrievalEvaluation.RunAsync(ShippedArticles.Index, questions.Select(question => question with { Intent = null }), language);

        output.WriteLine($"Fresh questions, words alone\n{report}\nFresh questions, half of them understood\n{understood}");
        Assert.True(report.RecallAt(3) >= 0.9, report.ToString());
        Assert.True(report.MeanReciprocalRank >= 0.8, report.ToString());
    }

    private async Task MeasureAsync(KnowledgeIndex index, string language)
    {
        var questions = RetrievalQuestion.ReadFile(ShippedArticles.Questions(language)).Select(question => question with { Intent = null });

        var report = await RetrievalEvaluation.RunAsync(index, questions, language);

        Show(report);
        var measured = report.Half(development: false);
        Assert.True(measured.RecallAt(3) >= 0.9, measured.ToString());
        Assert.True(measured.MeanReciprocalRank >= 0.8, measured.ToString());
        Assert.True(measured.RefusalRecall >= 0.8, measured.ToString());
        Assert.True(measured.AnswerPrecision >= 0.85, measured.ToString());
    }

    // Of the measured half only figures, so that nobody fits the articles to its questions.
    private void Show(RetrievalReport report)
    {
        foreach (var outcome in report.Half(development: true).Outcomes.Where(outcome => outcome.Question.ArticleId is null ? !outcome.IsRefused : !outcome.IsRight || outcome.IsRefused))
            output.WriteLine($"{outcome.Rank} {outcome.Confidence:0.00} {outcome.Question.Text} | {outcome.Question.ArticleId} → {string.Join(", ", outcome.Found.Take(3))}");
        output.WriteLine($"All\n{report}\nMeasured half\n{report.Half(development: false)}");
    }
}
