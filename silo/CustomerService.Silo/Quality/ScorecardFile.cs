using System.Collections.Immutable;
using CustomerService.Grains.Reviews;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using CustomerService.Reporting.Quality;

namespace CustomerService.Silo.Quality;

/// <summary>The owner's <c>scorecards.yaml</c> in use. Without the file nothing is reviewed.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
internal sealed class ScorecardFile(string path, TimeProvider time, ILogger<ScorecardFile> logger)
    : LiveContent<Scorecards>(path, () => [path], () => File.Exists(path) ? Parse(File.ReadAllText(path), path) : Scorecards.None, time, logger), IScorecards
{
    private const int MostQuestions = 40;

    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static Scorecards Parse(string text, string file)
    {
        var findings = new Findings(file);
        var cards = YamlText.Read(text, findings) is { } root ? Read(root, findings) : null;
        return cards is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : cards;
    }

    private static Scorecards Read(YamlMapping root, Findings findings)
    {
        var map = new MappingReader(root, "a file of scorecards", findings, "scorecards", "sampling");
        var cards = ImmutableArray.CreateBuilder<QueueScorecard>();
        foreach (var item in map.List("scorecards")?.Items ?? [])
        {
            if (item is not YamlMapping card)
                findings.Error(item.At, $"a scorecard is {item.Kind}, where a map is expected", "write '- name: …' with indented lines under it");
            else if (CardOf(card, findings) is { } read && cards.Any(other => other.Card.Name == read.Card.Name))
                findings.Error(item.At, $"there are two scorecards '{read.Card.Name}'", "give one of them another name");
            else if (CardOf(card, new Findings("")) is { } whole)
                cards.Add(whole);
        }

        return new Scorecards(cards.ToImmutable(), map.Map("sampling") is { } sampling ? SampleOf(sampling, findings) : new SampleRules());
    }

    private static QueueScorecard? CardOf(YamlMapping map, Findings findings)
    {
        var reader = new MappingReader(map, "a scorecard", findings, "name", "queues", "questions");
        var name = reader.RequiredText("name", "service");
        var questions = ImmutableArray.CreateBuilder<ReviewQuestion>();
        var items = reader.List("questions")?.Items ?? [];
        if (items.Count is 0 or > MostQuestions)
            findings.Error(map.At, $"a scorecard has {items.Count} questions, where 1 to {MostQuestions} are allowed", "write 'questions:' and under it '- id: …' with indented lines");
        foreach (var item in items)
        {
            if (item is not YamlMapping question)
                findings.Error(item.At, $"a question is {item.Kind}, where a map is expected", "write '- id: …' with indented lines under it");
            else if (QuestionOf(question, findings) is { } read && questions.Any(other => other.Id == read.Id))
                findings.Error(item.At, $"there are two questions '{read.Id}'", "give one of them another id");
            else if (QuestionOf(question, new Findings("")) is { } whole)
                questions.Add(whole);
        }

        return name is null ? null : new QueueScorecard(new ReviewCard(name.Value.Value, questions.ToImmutable()), [.. reader.Texts("queues").Select(queue => queue.Value)]);
    }

    private static ReviewQuestion? QuestionOf(YamlMapping map, Findings findings)
    {
        var reader = new MappingReader(map, "a question", findings, "id", "text", "weight", "points", "auto_fail");
        var (id, text) = (reader.RequiredText("id", "greeting"), reader.RequiredText("text", "Was the greeting friendly?"));
        var (weight, points, fails) = (reader.Number("weight", 0.1, 100) ?? 1, reader.Whole("points", 1, 10) ?? 1, reader.Truth("auto_fail") ?? false);
        return id is null || text is null ? null : new ReviewQuestion(id.Value.Value, text.Value.Value, weight, points, fails);
    }

    private static SampleRules SampleOf(YamlMapping map, Findings findings)
    {
        var reader = new MappingReader(map, "sampling", findings, "most_a_day", "random_per_agent", "rated_at_most", "longer_than", "passed_on_at_least");
        var usual = new SampleRules();
        return new SampleRules
        {
            MostADay = reader.Whole("most_a_day", 1, 500) ?? usual.MostADay,
            RandomPerAgent = reader.Whole("random_per_agent", 0, 100) ?? usual.RandomPerAgent,
            RatedAtMost = reader.Whole("rated_at_most", 0, 5) ?? usual.RatedAtMost,
            LongerThanSeconds = reader.Seconds("longer_than") ?? usual.LongerThanSeconds,
            PassedOnAtLeast = reader.Whole("passed_on_at_least", 0, 100) ?? usual.PassedOnAtLeast,
        };
    }
}
