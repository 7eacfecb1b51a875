namespace CustomerService.Language.Tests;

/// <summary>The shipped models, held against what was written apart from their corpus. The bars stand a little under what <c>evaluate</c> prints.</summary>
public sealed class HeldOutTests
{
    private static readonly Dictionary<string, LanguageReport> Reports =
        LanguageReport.Of(MessageUnderstanding.LoadShipped(), Corpus.Open(Repository.Corpus)).ToDictionary(report => report.Language);

    [Theory]
    [InlineData("de", 0.90)]
    [InlineData("en", 0.93)]
    [InlineData("es", 0.905)]
    [InlineData("fr", 0.905)]
    [InlineData("ja", 0.90)]
    public void Intents_AreTold(string language, double accuracy)
    {
        var report = Reports[language];
        Assert.True(report.LanguageTold >= 0.93 && report.Intents.Accuracy >= accuracy && report.Intents.MacroF1 >= accuracy - 0.01, report.ToString());
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ja")]
    public void Confidences_KeepWhatTheyPromise(string language)
    {
        var intents = Reports[language].Intents;
        Assert.True(intents.CalibrationError <= 0.05 && intents.KnownAuroc >= 0.93, Reports[language].ToString());
    }

    [Theory]
    [InlineData("de", 0.20, 0.90, 0.8)]
    [InlineData("en", 0.15, 0.95, 1)]
    [InlineData("es", 0.22, 0.85, 1)]
    [InlineData("fr", 0.18, 0.92, 0.8)]
    [InlineData("ja", 0.18, 0.90, 0.8)]
    public void Mood_IsReadCloseToItsLabels(string language, double error, double signs, double critical)
    {
        var mood = Reports[language].Mood!;
        Assert.True(mood.MeanError <= error && mood.SignAgreement >= signs && mood.CriticalRecall >= critical && mood.FalselyCritical <= 0.05, mood.ToString());
    }
}
