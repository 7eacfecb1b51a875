namespace CustomerService.Language.Tests;

public sealed class MoodTests
{
    private static readonly MessageUnderstanding Understanding = MessageUnderstanding.LoadShipped();

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
    public void Score_LiesWhereAReaderWouldPutIt(string text, double from, double to) => Assert.InRange(Read(text).Score, from, to);

    [Theory]
    [InlineData("the service was good", "the service was very good")]
    [InlineData("it is a bit bad", "it is bad")]
    [InlineData("good job", "good job!!!")]
    [InlineData("the lamp is good", "the lamp is GOOD")]
    public void Emphasis_MovesTheScoreOutwards(string weaker, string stronger) =>
        Assert.True(Math.Abs(Read(weaker).Score) < Math.Abs(Read(stronger).Score));

    [Theory]
    [InlineData("I like the color but the quality is terrible", "the quality is terrible but I like the color")]
    public void AfterBut_CountsMore(string worse, string better) => Assert.True(Read(worse).Score < Read(better).Score);

    [Theory]
    [InlineData("I am furious and outraged about this", "anger")]
    [InlineData("I've been waiting for weeks and nobody answers", "frustration")]
    [InlineData("I'm scared that it will catch fire", "fear")]
    [InlineData("I don't understand these instructions, I'm confused", "confusion")]
    [InlineData("I'm really disappointed and sad", "sadness")]
    [InlineData("I absolutely love it, fantastic!", "joy")]
    [InlineData("thank you so much for your help", "gratitude")]
    public void Emotion_Shows(string text, string emotion) => Assert.Contains(emotion, Read(text).Emotions);

    [Theory]
    [InlineData("Is the store open on Monday?")]
    [InlineData("My number is 555-0142")]
    public void MatterOfFact_ShowsNoEmotion(string text) => Assert.Empty(Read(text).Emotions);

    [Theory]
    [InlineData("no rush, whenever you have time", "low")]
    [InlineData("Where is my order?", "normal")]
    [InlineData("please answer as soon as possible, it's urgent", "high")]
    [InlineData("I need this today, please hurry", "high")]
    [InlineData("Emergency! The charger is on fire", "critical")]
    [InlineData("I smell gas in the kitchen since you installed the stove, it's an emergency", "critical")]
    public void Urgency_IsTold(string text, string urgency) => Assert.Equal(urgency, Read(text).Urgency);

    [Fact]
    public void TheSameQuestionAgain_ShowsFrustrationAndPresses()
    {
        var first = Read("Where is the parcel with my shoes?");
        var again = Read("Where is the parcel with my shoes?", ["Where is the parcel with my shoes?"]);
        Assert.Contains("frustration", again.Emotions);
        Assert.True(again.UrgencyScore > first.UrgencyScore && again.Score < first.Score);
    }

    [Fact]
    public void EarlierAnger_ColoursAPlainMessage() =>
        Assert.True(Read("My zip code is 60614", ["You are liars and thieves, I hate you!"]).Score < Read("My zip code is 60614").Score);

    [Fact]
    public void EarlierAnger_DoesNotSpoilThanks() =>
        Assert.True(Read("Thank you, great help!", ["You are liars and thieves, I hate you!"]).Score > 0.4);

    private static SentimentReading Read(string text, IReadOnlyList<string>? earlier = null) => Understanding.Understand(text, earlier).Sentiment;
}
