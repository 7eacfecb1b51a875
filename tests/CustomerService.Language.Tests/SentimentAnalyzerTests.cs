namespace CustomerService.Language.Tests;

public sealed class SentimentAnalyzerTests
{
    private static readonly ISentimentAnalyzer Analyzer = MessageUnderstanding.LoadShipped().Sentiment;

    [Theory]
    [InlineData("I am furious, this is the third time!", -1, -0.5)]
    [InlineData("You have ruined my holiday, I'm so angry", -1, -0.5)]
    [InlineData("I am not happy with this", -1, -0.15)]
    [InlineData("the zipper was torn and the fabric is dirty", -1, -0.15)]
    [InlineData("Where is my order?", -0.12, 0.12)]
    [InlineData("I'd like to return the blue one", -0.2, 0.2)]
    [InlineData("My zip code is 60614", -0.12, 0.12)]
    [InlineData("this is not bad", 0.1, 0.6)]
    [InlineData("Thanks, that was great", 0.4, 1)]
    [InlineData("It works perfectly, I love it!", 0.5, 1)]
    [InlineData("Can't complain, well done", 0.3, 1)]
    public void Score_LiesWhereAReaderWouldPutIt(string text, double from, double to) => Assert.InRange(Analyzer.Analyze(text).Score, from, to);

    [Theory]
    [InlineData("the service was good", "the service was very good")]
    [InlineData("it is a bit bad", "it is bad")]
    [InlineData("good job", "good job!!!")]
    [InlineData("the lamp is good", "the lamp is GOOD")]
    public void Emphasis_MovesTheScoreOutwards(string weaker, string stronger) =>
        Assert.True(Math.Abs(Analyzer.Analyze(weaker).Score) < Math.Abs(Analyzer.Analyze(stronger).Score));

    [Theory]
    [InlineData("I like the color but the quality is terrible", "the quality is terrible but I like the color")]
    public void AfterBut_CountsMore(string worse, string better) => Assert.True(Analyzer.Analyze(worse).Score < Analyzer.Analyze(better).Score);

    [Theory]
    [InlineData("I am furious and outraged about this", "anger")]
    [InlineData("I've been waiting for weeks and nobody answers", "frustration")]
    [InlineData("I'm scared that it will catch fire", "fear")]
    [InlineData("I don't understand these instructions, I'm confused", "confusion")]
    [InlineData("I'm really disappointed and sad", "sadness")]
    [InlineData("I absolutely love it, fantastic!", "joy")]
    [InlineData("thank you so much for your help", "gratitude")]
    public void Emotion_Shows(string text, string emotion) => Assert.Contains(emotion, Analyzer.Analyze(text).Emotions);

    [Theory]
    [InlineData("Is the store open on Monday?")]
    [InlineData("My number is 555-0142")]
    public void MatterOfFact_ShowsNoEmotion(string text) => Assert.Empty(Analyzer.Analyze(text).Emotions);

    [Theory]
    [InlineData("no rush, whenever you have time", "low")]
    [InlineData("Where is my order?", "normal")]
    [InlineData("please answer as soon as possible, it's urgent", "high")]
    [InlineData("I need this today, please hurry", "high")]
    [InlineData("Emergency! The charger is on fire", "critical")]
    [InlineData("I smell gas in the kitchen since you installed the stove, it's an emergency", "critical")]
    public void Urgency_IsTold(string text, string urgency) => Assert.Equal(urgency, Analyzer.Analyze(text).Urgency);

    [Fact]
    public void TheSameQuestionAgain_ShowsFrustrationAndPresses()
    {
        var first = Analyzer.Analyze("Where is the parcel with my shoes?");
        var again = Analyzer.Analyze("Where is the parcel with my shoes?", ["Where is the parcel with my shoes?"]);
        Assert.Contains("frustration", again.Emotions);
        Assert.True(again.UrgencyScore > first.UrgencyScore && again.Score < first.Score);
    }

    [Fact]
    public void EarlierAnger_ColoursAPlainMessage() =>
        Assert.True(Analyzer.Analyze("My zip code is 60614", ["You are liars and thieves, I hate you!"]).Score < Analyzer.Analyze("My zip code is 60614").Score);

    [Fact]
    public void EarlierAnger_DoesNotSpoilThanks() =>
        Assert.True(Analyzer.Analyze("Thank you, great help!", ["You are liars and thieves, I hate you!"]).Score > 0.4);

    [Fact]
    public void HeldOutMessages_AreReadCloseToTheirLabels()
    {
        var examples = MoodExample.ReadFile(Path.Combine(Repository.Corpus, "en", "held-out-sentiment.txt")).ToList();
        var readings = examples.ConvertAll(example => Analyzer.Analyze(example.Text));
        var error = examples.Zip(readings, (example, reading) => Math.Abs(example.Score - reading.Score)).Average();
        var sides = examples.Zip(readings, (example, reading) => example.Score == 0 || Math.Sign(example.Score) == Math.Sign(reading.Score)).Count(same => same);
        Assert.True(error < 0.2, $"mean error {error:0.000}");
        Assert.True(sides >= 0.95 * examples.Count, $"{sides} of {examples.Count} on the right side of zero");
    }
}
