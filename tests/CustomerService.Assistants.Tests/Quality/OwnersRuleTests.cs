using System.Collections.Frozen;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Knowledge;

namespace CustomerService.Assistants.Tests.Quality;

public sealed class OwnersRuleTests
{
    private const string Rules = """
        rules:
          - id: no-dates
            languages: [en]
            applies_to: {intents: [order_status], channels: [chat], tiers: [gold]}
            must_not_say: [tomorrow]
            suggestion: Do not name a day.
          - id: say-free
            must_say: [free of charge, gratis]
            severity: warn
          - id: goodwill
            needs_approval: [compensat*]
        """;

    private static readonly QualityGate Gate = new(QualityRulesFile.Parse("quality.yaml", Rules));

    [Fact]
    public void Rule_CountsWhereItApplies()
    {
        var subject = new QualitySubject("It comes tomorrow, free of charge.") { Language = "en", Intent = "order_status", Channel = "chat", Tier = "gold" };
        var review = Gate.Review(subject);

        Assert.False(review.Passed);
        Assert.Equal("no-dates", Assert.Single(review.Findings).Rule);
        Assert.Equal("Do not name a day.", Assert.Single(review.Suggestions));
        Assert.Empty(Gate.Review(subject with { Language = "de" }).Findings);
        Assert.Empty(Gate.Review(subject with { Intent = "greeting" }).Findings);
        Assert.Empty(Gate.Review(subject with { Channel = "email" }).Findings);
        Assert.Empty(Gate.Review(subject with { Tier = null }).Findings);
    }

    [Fact]
    public void Warning_LowersTheScore_ABlockForbids()
    {
        var warned = Gate.Review(new QualitySubject("Returns are easy."));
        var blocked = Gate.Review(new QualitySubject("We will compensate you, gratis."));

        Assert.True(warned is { Passed: true, Score: < 1 });
        Assert.False(blocked.Passed);
        Assert.Contains(blocked.Issues, issue => issue.Contains("needs approval", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "We guarantee it.")]
    [InlineData("es", "Se lo garantizamos.")]
    [InlineData("fr", "Nous garantissons le résultat.")]
    [InlineData("de", "Das ist garantiert.")]
    [InlineData("ja", "必ず保証いたします。")]
    public void Promise_NeedsApprovalInEachLanguage(string language, string text)
    {
        var gate = new QualityGate(Assistant.Rules);

        Assert.False(gate.Review(new QualitySubject(text) { Language = language }).Passed);
        Assert.False(gate.Review(new QualitySubject(text)).Passed);
    }

    [Theory]
    [InlineData("de", "Garantierte Qualität ist uns wichtig.")] // a word of its own
    [InlineData("ja", "ないようにいたします。")]
    [InlineData("es", "Las estupendas toallas llegan hoy.")]
    public void WordWithinAWord_IsNotThatWord(string language, string text) =>
        Assert.Empty(new QualityGate(Assistant.Rules).Review(new QualitySubject(text) { Language = language }).Findings);

    [Fact]
    public void Redacted_HasMarksForWhatMustNotBeShown_AndKeepsWhatMay()
    {
        var review = new QualityGate(Assistant.Rules).Review(new QualitySubject("Card 4111 1111 1111 1111, mail ann@shop.example or bob@shop.example.") { OwnDetails = ["ann@shop.example"] });

        Assert.Equal("Card [card], mail ann@shop.example or [email].", review.Redacted);
        Assert.Equal([FindingKinds.Card, FindingKinds.Email], review.Findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void CardInTwoMessages_IsHeldBack() =>
        Assert.False(new QualityGate(Assistant.Rules).Review(new QualitySubject("1111 1111") { EarlierTexts = ["the card is 4111 1111"] }).Passed);

    [Fact]
    public void ShippedTexts_KeepTheShippedRules()
    {
        var gate = new QualityGate(Assistant.Rules);
        var articles = KnowledgeIndex.Open(Path.Combine(Assistant.ContentFolder, "knowledge")).Articles.Where(article => !article.Internal).ToList();

        Assert.NotEmpty(articles);
        Assert.All(articles, article =>
        {
            var review = gate.Review(new QualitySubject($"{article.Title}\n\n{article.PlainText}") { Language = article.Language, Sources = [article.Title, article.PlainText] });
            Assert.True(review.Passed && review.Findings.IsEmpty, $"{article.Language}/{article.Id}: {string.Join(' ', review.Issues)}");
        });
    }

    [Fact]
    public void ChangedFile_CountsAtOnce_ABadOneDoesNot()
    {
        var folder = Directory.CreateTempSubdirectory("quality-");
        var file = Path.Combine(folder.FullName, "quality.yaml");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "quality"));
        File.WriteAllText(file, "pass_mark: 0.8");
        using var watched = new WatchedQualityRules(file, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<WatchedQualityRules>.Instance);
        var gate = new QualityGate(watched);
        Assert.True(gate.Review(new QualitySubject("Howdy.") { Language = "en" }).Passed);

        File.WriteAllText(Path.Combine(folder.FullName, "quality", "en.yaml"), "prohibited: [howdy]");
        watched.Look();
        Assert.False(gate.Review(new QualitySubject("Howdy.") { Language = "en" }).Passed);

        File.WriteAllText(Path.Combine(folder.FullName, "quality", "en.yaml"), "prohibitted: []");
        watched.Look();
        Assert.False(gate.Review(new QualitySubject("Howdy.") { Language = "en" }).Passed);
        folder.Delete(recursive: true);
    }
}

internal static class Frozen
{
    public static FrozenDictionary<string, string> ToFrozen(this Dictionary<string, string> map) => map.ToFrozenDictionary();
}
