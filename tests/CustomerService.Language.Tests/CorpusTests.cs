namespace CustomerService.Language.Tests;

/// <summary>What the corpus must hold, in every language.</summary>
public sealed class CorpusTests
{
    private static readonly Corpus Own = Corpus.Open(Repository.Corpus);

    [Fact]
    public void FiveLanguages_HaveTheSameIntents()
    {
        Assert.Equal(["de", "en", "es", "fr", "ja"], Own.Languages);
        var intents = IntentsOf(Own.Intents("en"));
        Assert.True(intents.Count > 30);
        Assert.All(Own.Languages, language =>
        {
            Assert.Equal(intents, IntentsOf(Own.Intents(language)));
            Assert.Equal(intents, IntentsOf(Own.HeldOutIntents(language)));
        });
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ja")]
    public void EveryIntent_HasEnoughDifferentExamples(string language)
    {
        Assert.All(Own.Intents(language).GroupBy(example => example.Label), intent => Assert.True(
            intent.Select(example => Simplified(example.Text)).Distinct().Count() >= (intent.Key == IntentRanking.Unknown ? 150 : 80), $"{language} {intent.Key}: {intent.Count()}"));
        Assert.All(Own.HeldOutIntents(language).GroupBy(example => example.Label), intent => Assert.True(intent.Count() >= 10, $"{language} {intent.Key}: {intent.Count()}"));
        Assert.True(Own.Mood(language).Count >= 250 && Own.HeldOutMood(language).Count >= 30, language);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ja")]
    public void WhatIsHeldOut_IsNotLearnt(string language)
    {
        var learnt = Own.Intents(language).Select(example => Simplified(example.Text)).ToHashSet();
        Assert.DoesNotContain(Own.HeldOutIntents(language), example => learnt.Contains(Simplified(example.Text)));
        learnt = Own.Mood(language).Select(example => Simplified(example.Text)).ToHashSet();
        Assert.DoesNotContain(Own.HeldOutMood(language), example => learnt.Contains(Simplified(example.Text)));
    }

    [Fact]
    public void NoCorpus_IsNamed()
    {
        var folder = Directory.CreateTempSubdirectory("corpus");
        Assert.Contains("folder for each language", Assert.Throws<DirectoryNotFoundException>(() => Corpus.Open(folder.FullName)).Message, StringComparison.Ordinal);
        folder.Delete();
        Assert.Contains(folder.FullName, Assert.Throws<DirectoryNotFoundException>(() => Corpus.Open(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOwnersExamples_ExtendTheirLanguageOnly()
    {
        var folder = Directory.CreateTempSubdirectory("corpus");
        foreach (var (language, one, other) in new[] { ("en", "light the lamp", "open the tap"), ("es", "enciende la luz", "abre el grifo") })
        {
            var intents = Directory.CreateDirectory(Path.Combine(folder.FullName, language, "intents")).FullName;
            File.WriteAllLines(Path.Combine(intents, "light.txt"), [.. Enumerable.Range(0, 9).Select(n => $"{one} {(char)('a' + n)}")]);
            File.WriteAllLines(Path.Combine(intents, "water.txt"), [.. Enumerable.Range(0, 9).Select(n => $"{other} {(char)('a' + n)}")]);
        }

        LabeledText[] own = [.. Enumerable.Range(0, 9).Select(n => new LabeledText($"ring the bell {n}", "sound", "en"))];
        var models = new CorpusTrainer().Train(Corpus.Open(folder.FullName), own);
        Assert.Equal(["en.bin", "es.bin"], models.Keys);
        Assert.Equal(["light", "sound", "water"], models["en.bin"].Head(LinearHead.Intent)!.Labels.AsEnumerable());
        Assert.Equal(["light", "water"], models["es.bin"].Head(LinearHead.Intent)!.Labels.AsEnumerable());
        Assert.Contains("'it'", Assert.Throws<InvalidDataException>(() => new CorpusTrainer().Train(Corpus.Open(folder.FullName), [new("ciao", "hi", "it")])).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static List<string> IntentsOf(IReadOnlyList<LabeledText> examples) => [.. examples.Select(example => example.Label).Distinct().Order(StringComparer.Ordinal)];

    private static string Simplified(string text) => new([.. text.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
}
