using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Quality;

namespace CustomerService.Silo.Tests.Quality;

public sealed class ScorecardFileTests
{
    private const string Good = """
        scorecards:
          - name: billing
            queues: [billing]
            questions:
              - { id: right, text: "Right?", weight: 3, points: 2 }
              - { id: privacy, text: "Kept?", auto_fail: true }
          - name: rest
            questions:
              - { id: tone, text: "Friendly?" }
        sampling: { most_a_day: 5, longer_than: 2h }
        """;

    [Fact]
    public void Card_IsTheFirstThatIsForTheQueue()
    {
        var cards = ScorecardFile.Parse(Good, "scorecards.yaml");

        Assert.Equal(("billing", "rest", "rest"), (cards.For("billing")!.Name, cards.For("general")!.Name, cards.For(null)!.Name));
        Assert.Equal([(3.0, 2, false), (1.0, 1, true)], cards.For("billing")!.Questions.Select(question => (question.Weight, question.MostPoints, question.AutoFail)));
        Assert.Equal((5, 7_200.0, 1), (cards.Sample.MostADay, cards.Sample.LongerThanSeconds, cards.Sample.RandomPerAgent));
    }

    [Fact]
    public void ShippedFile_IsGood() =>
        Assert.NotNull(ScorecardFile.Parse(File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "scorecards.yaml")), "scorecards.yaml").For("general"));

    [Theory]
    [InlineData("weight: 3", "wieght: 3", "scorecards.yaml:5:")]
    [InlineData("points: 2", "points: 20", "1 to 10")]
    [InlineData("name: rest", "name: billing", "two scorecards 'billing'")]
    [InlineData("id: privacy", "id: right", "two questions 'right'")]
    [InlineData("most_a_day: 5", "most_a_day: many", "most_a_day")]
    [InlineData("- { id: tone, text: \"Friendly?\" }", "[]", "0 questions")]
    public void Mistake_IsToldWithItsPlace(string right, string wrong, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ScorecardFile.Parse(Good.Replace(right, wrong, StringComparison.Ordinal), "scorecards.yaml"));

        Assert.Contains("scorecards.yaml", fault.Message, StringComparison.Ordinal);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }
}
