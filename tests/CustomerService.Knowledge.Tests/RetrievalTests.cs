using Npgsql;
using Xunit.Abstractions;

namespace CustomerService.Knowledge.Tests;

/// <summary>
/// The product's own articles, asked in customers' words. Constants were fitted to one half of each list and to the first list by another hand; the other half and
/// the second list by another hand are only measured.
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

    // These have been read: what their words lacked in the articles is there now.
    [Theory]
    [MemberData(nameof(Languages))]
    public Task ReadQuestions_FindTheirArticle_ByTheirWordsAlone(string language) => FreshAsync("Fresh", language, recall: 0.9, rank: 0.8);

    // What understanding adds is measured in the project that has it: there they are held to 0.9 and 0.8 in each language. Here a floor, a little below what is reached.
    [Theory]
    [InlineData("en", 0.9, 0.88)]
    [InlineData("es", 0.82, 0.75)]
    [InlineData("fr", 0.9, 0.85)]
    [InlineData("de", 0.86, 0.8)]
    [InlineData("ja", 0.93, 0.85)]
    public Task UnseenQuestions_FindTheirArticle_ByTheirWordsAlone(string language, double recall, double rank) => FreshAsync("Fresh2", language, recall, rank);

    private async Task FreshAsync(string list, string language, double recall, double rank)
    {
        var questions = RetrievalQuestion.ReadFile(ShippedArticles.FreshQuestions(list, language)).Select(question => question with { Intent = null });

        var report = await RetrievalEvaluation.RunAsync(ShippedArticles.Index, questions, language);

        output.WriteLine(report.ToString());
        Assert.True(report.RecallAt(3) >= recall, report.ToString());
        Assert.True(report.MeanReciprocalRank >= rank, report.ToString());
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
