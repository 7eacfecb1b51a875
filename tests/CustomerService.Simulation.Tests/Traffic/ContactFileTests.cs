using CustomerService.Pipelines.Definitions;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Traffic;

public sealed class ContactFileTests
{
    private const string Header = "arrival,channel,language,tier,queue,needs,handle_seconds,patience_seconds\n";

    [Fact]
    public void Contacts_ReadInTheOrderOfTheirComing()
    {
        var arrivals = ContactFile.Parse(
            Header + "2026-03-02T09:15:30,voice,de,gold,billing,billing: 3; language.de: 5 required,420,90\n2026-03-02T07:00:00+01:00,,,,,,60.5,\n",
            "calls.csv", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(2, arrivals.Contacts.Length);
        var (early, late) = (arrivals.Contacts[0], arrivals.Contacts[1]);
        Assert.Equal((new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero), "chat", "en", 60.5, null), (early.At, early.Channel, early.Language, early.HandleSeconds, early.PatienceSeconds));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 15, 30, TimeSpan.Zero), late.At);
        Assert.Equal(("voice", "de", "gold", "billing", 420d, 90d), (late.Channel, late.Language, late.Tier, late.Queue, late.HandleSeconds, late.PatienceSeconds));
        Assert.Equal([("billing", 3, false), ("language.de", 5, true)], late.Needs.Select(need => (need.Skill, need.Level, need.Required)));
        Assert.Contains("never give up", Assert.Single(arrivals.Assumptions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02T09:15:30,chat,en,gold,,,,", "calls.csv:2:1: error: 'handle_seconds' is empty")]
    [InlineData("yesterday,chat,en,gold,,,60,", "calls.csv:2:1: error: 'arrival' is 'yesterday'")]
    [InlineData("2026-03-02T09:15:30,pigeon,en,gold,,,60,", "calls.csv:2:1: error: 'channel' is 'pigeon'")]
    [InlineData("2026-03-02T09:15:30,chat,en,gold,,billing,60,", "calls.csv:2:1: error: 'needs' has 'billing'")]
    [InlineData("2026-03-02T09:15:30,chat,en,gold,,,60,-4", "calls.csv:2:1: error: 'patience_seconds' is '-4'")]
    [InlineData("2026-03-02T09:15:30,chat", "calls.csv:2:")]
    public void Fault_ToldWithItsLine(string row, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ContactFile.Parse(Header + row + "\n", "calls.csv", TimeZoneInfo.Utc));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Fix: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralFaults_AllTold()
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ContactFile.Parse(
            Header + "2026-03-02T09:15:30,chat,en,gold,,,x,\nnever,chat,en,gold,,,5,\n", "calls.csv", TimeZoneInfo.Utc));

        Assert.Contains("calls.csv:2:1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("calls.csv:3:1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownColumn_Suggested()
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ContactFile.Parse("arrival,chanel,handle_seconds\n2026-03-02T09:00:00,chat,5\n", "calls.csv", TimeZoneInfo.Utc));

        Assert.Contains("there is no column 'chanel'. Fix: did you mean 'channel'?", fault.Message, StringComparison.Ordinal);
    }
}
