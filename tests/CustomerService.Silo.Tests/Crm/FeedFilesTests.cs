using System.Text.Json.Nodes;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Ticketing;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Tests.Crm;

/// <summary>What a feed keeps in the data folder.</summary>
public sealed class FeedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string PositionFile => Path.Combine(_folder.Path, "crm.position");

    private string RefusedFile => Path.Combine(_folder.Path, "crm-refused.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Position_BeginsAtTheJournalsBeginning_AndIsKept()
    {
        var position = FeedPosition.Open(PositionFile);
        Assert.Equal(0, position.Value);

        position.MoveTo(17);
        Assert.Equal(0, FeedPosition.Open(PositionFile).Value);
        await position.KeepAsync(default);

        Assert.Equal(17, FeedPosition.Open(PositionFile).Value);
        Assert.Equal([PositionFile], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("seventeen")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public void PositionThatIsNone_IsRefusedWithThePlaceAndTheFix(string text)
    {
        File.WriteAllText(PositionFile, text);

        var fault = Assert.Throws<InvalidDataException>(() => FeedPosition.Open(PositionFile));

        Assert.StartsWith($"{PositionFile}, line 1: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("delete the file", fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(PositionFile));
    }

    [Fact]
    public async Task PositionThatCannotBeWritten_StaysToBeKept()
    {
        var position = FeedPosition.Open(PositionFile);
        position.MoveTo(17);
        var obstacle = Directory.CreateDirectory(PositionFile);
        await Assert.ThrowsAnyAsync<SystemException>(async () => await position.KeepAsync(default)); // An IOException, or UnauthorizedAccessException: systems differ.
        obstacle.Delete();

        await position.KeepAsync(default);

        Assert.Equal(17, FeedPosition.Open(PositionFile).Value);
    }

    [Fact]
    public async Task RefusedEvents_AreAdded_EvenBehindATornLine()
    {
        await File.WriteAllTextAsync(RefusedFile, """{"at":"2026-11-02T""");
        var refused = new RefusedEvents(RefusedFile, new ManualTimeProvider());

        await refused.AddAsync(Entry(41), "ticketing.ticket.T-1.1", Snapshot("a\nb"), "said no", default);
        await refused.AddAsync(Entry(42), "ticketing.ticket.T-1.2", Snapshot("ü"), "said no again", default);

        var lines = await File.ReadAllLinesAsync(RefusedFile);
        Assert.Equal(3, lines.Length);
        var (first, second) = (JsonNode.Parse(lines[1])!, JsonNode.Parse(lines[2])!);
        Assert.Equal(("a\nb", 41L), ((string?)first["body"]!["subject"], (long)first["position"]!));
        Assert.Equal(("ü", "said no again"), ((string?)second["body"]!["subject"], (string?)second["reason"]));
    }

    private static JournalEntry Entry(long position) => new(position, Grain.Ticket("T-1"), 1, default, new TicketOpened("conv-1", "c-1", "?"));

    private static TicketSnapshot Snapshot(string subject) => new("T-1", "conv-1", "c-1", subject, "new", default);
}
