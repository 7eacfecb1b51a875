using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Retention;
using CustomerService.Tests;

namespace CustomerService.Silo.Tests.Retention;

public sealed class RetentionFileTests
{
    private const string Good = """
        retention:
          conversations: 2y
          channels: { chat: 180d, voice: forever }
          at: "04:30"
          time_zone: Europe/Berlin
        """;

    [Fact]
    public void Rules_AreRead()
    {
        var rules = RetentionFile.Parse(Good, "retention.yaml");

        Assert.Equal(("2y", "180d", "forever"), (rules.Of(ChannelNames.Email).ToString(), rules.Of(ChannelNames.Chat).ToString(), rules.Of(ChannelNames.Voice).ToString()));
        Assert.Equal((new TimeOnly(4, 30), "Europe/Berlin"), (rules.At, rules.TimeZone));
        Assert.Equal([ChannelNames.Chat, ChannelNames.Email, ChannelNames.Sms, ChannelNames.Social], rules.Limited);
    }

    [Fact]
    public void ShippedFile_KeepsEverything()
    {
        var shipped = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "retention.yaml");

        Assert.True(RetentionFile.Parse(File.ReadAllText(shipped), "retention.yaml").KeepsEverything);
    }

    [Theory]
    [InlineData("conversations: 2y", "conversations: 12h", "retention.yaml:2:18: error: 'conversations' is kept '12h', which is no length of time from a day to 100 years. Fix: write '1d' or longer")]
    [InlineData("conversations: 2y", "conversations: 0d", "'conversations' is kept '0d'")]
    [InlineData("conversations: 2y", "conversations: 6m", "'conversations' is kept '6m'")]
    [InlineData("conversations: 2y", "conversations: [2y]", "'conversations' of retention is a list, where a text is expected")]
    [InlineData("  conversations: 2y\n", "", "retention has no conversations")]
    [InlineData("chat: 180d", "chta: 180d", "'channels' has no key 'chta'. Fix: did you mean 'chat'?")]
    [InlineData("chat: 180d", "chat: 180", "'chat' is kept '180'")]
    [InlineData("04:30", "4:30", "'4:30' is no time of day")]
    [InlineData("Europe/Berlin", "Europe/Berlyn", "there is no time zone 'Europe/Berlyn'. Fix: did you mean 'Europe/Berlin'?")]
    [InlineData("retention:\n", "retentoin:\n", "a file of retention has no key 'retentoin'")]
    public void Mistake_IsToldWithItsPlace(string right, string wrong, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => RetentionFile.Parse(Good.ReplaceLineEndings("\n").Replace(right, wrong, StringComparison.Ordinal), "retention.yaml"));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"retention\.yaml:\d+:\d+: error: ", fault.Message);
    }

    [Fact]
    public void FileThatSaysNothing_IsAMistake() => Assert.Contains("the file says nothing", Assert.Throws<PipelineFormatException>(() => RetentionFile.Parse("retention:\n", "retention.yaml")).Message, StringComparison.Ordinal);
}
