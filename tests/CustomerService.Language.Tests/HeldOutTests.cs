namespace CustomerService.Language.Tests;

/// <summary>The shipped models, held against what was written apart from their corpus.</summary>
public sealed class HeldOutTests
{
    private static readonly Corpus Corpus = Corpus.Open(Repository.Corpus);
    private static readonly Dictionary<string, LanguageReport> Reports =
        LanguageReport.Of(MessageUnderstanding.LoadShipped(), Corpus).ToDictionary(report => report.Language);

    [Theory]
    [InlineData("en")]
    public void Intents_AreTold(string language)
    {
        var report = Reports[language];
        Assert.True(report is { LanguageTold: >= 0.93, Intents: { Accuracy: >= 0.90, MacroF1: >= 0.90, AnsweredAccuracy: >= 0.92 } }, report.ToString());
    }

    [Theory]
    [InlineData("en")]
    public void Confidences_KeepWhatTheyPromise(string language) =>
        Assert.True(Reports[language].Intents is { CalibrationError: <= 0.05, KnownAuroc: >= 0.93 }, Reports[language].ToString());

    [Theory]
    [InlineData("en", 0.15, 0.95, 1)]
    public void Mood_IsReadCloseToItsLabels(string language, double error, double signs, double critical)
    {
        var mood = Reports[language].Mood!;
        Assert.True(mood.MeanError <= error && mood.SignAgreement >= signs && mood.CriticalRecall >= critical && mood.FalselyCritical <= 0.05, mood.ToString());
    }

    [Theory]
    [InlineData("en")]
    public void Messages_AreNotInTheCorpus(string language)
    {
        var known = Corpus.Intents(language).Select(example => Simplified(example.Text)).ToHashSet();
        Assert.DoesNotContain(Corpus.HeldOutIntents(language), example => known.Contains(Simplified(example.Text)));
        known = Corpus.Mood(language).Select(example => Simplified(example.Text)).ToHashSet();
        Assert.DoesNotContain(Corpus.HeldOutMood(language), example => known.Contains(Simplified(example.Text)));
    }

    private static string Simplified(string text) => new(text.ToLowerInvariant().Where(char.IsLetter).ToArray());
}
