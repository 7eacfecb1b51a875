using System.Globalization;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Quality.Personal;
using Xunit.Abstractions;

namespace CustomerService.Assistants.Tests.Quality.Personal;

/// <summary>How much is found and how much of what is found is right, on lines that people labelled.</summary>
public sealed class LabelledSetTests(ITestOutputHelper output)
{
    private static readonly string[] Languages = ["en", "es", "fr", "de", "ja"];

    [Fact]
    public void Set_IsLargeAndHard()
    {
        foreach (var language in Languages)
        {
            var lines = LabelledText.Read(language);
            Assert.True(lines.Count >= 120, $"{language}.txt has {lines.Count} lines.");
            Assert.True(lines.Count(line => line.Details.Count == 0) >= lines.Count * 0.4, $"{language}.txt has too few lines without a detail.");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Details_AreFound_AndNothingElse(bool measuring) => Measure(
        measuring ? "Measuring half" : "Development half",
        Languages.SelectMany(LabelledText.Read).Where(text => text.Measures == measuring).Concat(measuring ? [] : Languages.SelectMany(LabelledText.ReadSeen)));

    [Fact]
    public void SetsOfAnotherHand_AreLargeAndHard() => Assert.All(Languages, language =>
    {
        foreach (var (lines, least) in new[] { (LabelledText.ReadSeen(language), 140), (LabelledText.ReadFresh(language), 50) })
        {
            Assert.InRange(lines.Count, least, int.MaxValue);
            Assert.True(lines.Count(line => line.Details.Count == 0) >= lines.Count * 0.4, $"{language}.txt has too few lines without a detail.");
        }
    });

    [Fact]
    public void FreshDetails_AreFound_AndNothingElse() => Measure("Fresh lines", Languages.SelectMany(LabelledText.ReadFresh), inEachLanguage: 0.95);

    /// <param name="inEachLanguage">The least recall in one language, where a line or two are several hundredths.</param>
    private void Measure(string name, IEnumerable<LabelledText> texts, double inEachLanguage = 0.98)
    {
        output.WriteLine(name);
        var all = new Score();
        var languages = Languages.ToDictionary(language => language, _ => new Score());
        var kinds = Enum.GetValues<DetailKind>().ToDictionary(kind => kind, _ => new Score());
        foreach (var text in texts)
            Count(text, [all, languages[text.Language]], kinds);

        Print("all", all);
        foreach (var (language, score) in languages)
            Print(language, score);
        foreach (var (kind, score) in kinds)
            Print(kind.ToString(), score);
        Assert.InRange(all.Recall, 0.98, 1);
        Assert.All(languages.Values.Append(all), score =>
        {
            Assert.InRange(score.Recall, inEachLanguage, 1);
            Assert.InRange(score.Precision, 0.95, 1);
        });
    }

    private void Count(LabelledText text, Score[] scores, Dictionary<DetailKind, Score> kinds)
    {
        var found = PersonalDetails.FindIn(text.Text, text.Earlier).Where(detail => !OwnContacts.Include([.. LabelledText.OwnContacts], detail)).ToList();
        foreach (var labelled in text.Details)
        {
            var hit = found.Exists(detail => Hits(detail, labelled));
            foreach (var score in scores.Append(kinds[labelled.Kind]))
                score.Labelled(hit);
            if (!hit)
                output.WriteLine($"{text.Language}.txt({text.Line}) missed {labelled.Kind}: {text.Text}");
        }

        foreach (var detail in found)
        {
            var right = text.Details.Any(labelled => Hits(detail, labelled));
            foreach (var score in scores.Append(kinds[detail.Kind]))
                score.Found(right);
            if (!right)
                output.WriteLine($"{text.Language}.txt({text.Line}) took '{text.Text.Substring(detail.Start, detail.Length)}' for {detail.Name}: {text.Text}");
        }
    }

    // The same kind, and most of what was marked: a trailing flat number more or less is no matter.
    private static bool Hits(PersonalDetail detail, Labelled labelled)
    {
        var shared = Math.Min(detail.Start + detail.Length, labelled.End) - Math.Max(detail.Start, labelled.Start);
        return detail.Kind == labelled.Kind && shared * 2 > labelled.End - labelled.Start;
    }

    private void Print(string name, Score score) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-12} recall {score.Recall:0.000} ({score.Hits}/{score.Marked})  precision {score.Precision:0.000} ({score.Right}/{score.Told})"));

    private sealed class Score
    {
        public int Marked { get; private set; }

        public int Hits { get; private set; }

        public int Told { get; private set; }

        public int Right { get; private set; }

        public double Recall => Marked == 0 ? 1 : Hits / (double)Marked;

        public double Precision => Told == 0 ? 1 : Right / (double)Told;

        public void Labelled(bool hit) => (Marked, Hits) = (Marked + 1, Hits + (hit ? 1 : 0));

        public void Found(bool right) => (Told, Right) = (Told + 1, Right + (right ? 1 : 0));
    }
}
