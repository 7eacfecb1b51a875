using CustomerService.Cluster.Tests.Processes;

namespace CustomerService.Cluster.Tests.Replay;

/// <summary>The same messages come to the same on many machines as on one.</summary>
[Collection(nameof(SharedCluster))]
public sealed class ReplayTests(SharedCluster shared)
{
    private const string TimesBegin = "from sending to the outcome";

    // Our own words: some that the assistant answers, some for people, an angry one, one in another language, one sent twice.
    private static readonly string[] Messages =
    [
        "What are your opening hours?", "How do I reset my password?", "I want to talk to a human.", "Which payment methods do you take?",
        "Where is my order?", "This is the third broken kettle, I am furious and I want to complain!", "¿Dónde está mi pedido?", "How long does delivery take?",
        "Can I return a lamp that I bought last week?", "What are your opening hours?", "My parcel arrived damaged.", "Thank you, that was all.",
        "I was charged twice for one order!", "Is the blue chair in stock?", "Please cancel my order.", "How much is shipping to Ely?",
    ];

    [RequiresFact("redis", "postgresql")]
    public async Task Replay_ReportsTheSameOnAClusterAsOnOneMachine()
    {
        var folder = Directory.CreateTempSubdirectory("cluster-replay-").FullName;
        try
        {
            var file = Path.Combine(folder, "messages.csv");
            await File.WriteAllLinesAsync(file, ["text", .. Messages.Select(message => $"\"{message}\"")]);

            var onMany = await shared.Processes.CommandAsync("replay", file);
            await using var alone = SiloProgram.Start("replay", file);
            Assert.True(await alone.ExitAsync() == 0, alone.Output);

            Assert.Contains($"of {Messages.Length} sent", onMany, StringComparison.Ordinal);
            Assert.Equal(Outcomes(alone.Output), Outcomes(onMany));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Outcomes(string report)
    {
        var lines = report.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => !line.StartsWith("received", StringComparison.Ordinal)).ToArray();
        Assert.Contains(TimesBegin, lines);
        return [.. lines.TakeWhile(line => line != TimesBegin)];
    }
}
