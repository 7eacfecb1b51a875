using System.Text.Json.Nodes;
using System.Xml.Linq;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Tests.WhatIf;

/// <summary>The whole command, from its files to its files.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("what-if-");

    [Fact]
    public async Task RecordedContacts_PlayedBesideThePresent_ReportAndPlotWritten()
    {
        var contacts = Write("contacts.csv", "arrival,queue,handle_seconds,patience_seconds\n"
            + string.Concat(Enumerable.Range(0, 60).Select(minute => $"2026-03-02T09:{minute:00}:00,general,150,240\n")));
        var policy = Write("routing.yaml", "default_queue: general\n");
        var present = Write("present.yaml", "agents:\n  - { group: a, count: 2, queues: [general], shift: 08:00-12:00 }\n");
        var changed = Write("changed.yaml", "agents:\n  - { group: a, count: 4, queues: [general], shift: 08:00-12:00 }\n");
        var (json, plot) = (Path.Combine(_folder.FullName, "day.json"), Path.Combine(_folder.FullName, "day.svg"));

        var exit = await SiloCommandLine.RunAsync(
            ["simulate", "--from", contacts, "--present-policy", policy, "--present-roster", present, "--roster", changed, "--json", json, "--plot", plot]);

        Assert.Equal(0, exit);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json))!;
        Assert.Equal(60, (int?)figures["whatIf"]!["total"]!["contacts"]);
        Assert.True((double?)figures["whatIf"]!["total"]!["serviceLevel"] > (double?)figures["present"]!["total"]!["serviceLevel"]);
        Assert.Equal("svg", XDocument.Load(plot).Root!.Name.LocalName);
    }

    [Theory]
    [InlineData("simulate")]
    [InlineData("simulate", "--from", "journal")]
    [InlineData("simulate", "--preset", "tuesday")]
    [InlineData("simulate", "--from", "no-such-file.csv", "--roster", "no-such-roster.yaml")]
    [InlineData("simulate", "--preset", "monday", "--policy", "no-such-rules.yaml")]
    public async Task WrongUse_IsRefused(params string[] args) => Assert.Equal(SiloCommandLine.WrongUse, await SiloCommandLine.RunAsync(args));

    [Fact]
    public async Task BrokenRoster_IsRefused() =>
        Assert.Equal(SiloCommandLine.WrongUse, await SiloCommandLine.RunAsync(["simulate", "--preset", "monday", "--roster", Write("roster.yaml", "agents: nobody\n")]));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
