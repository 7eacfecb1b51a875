using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Tests;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>A cluster that the tests of a class share: two silos, with a performer that answers or hands over.</summary>
public class ClusterFixture : IAsyncLifetime
{
    private readonly PostgreSqlServer server = new();
    private TestCluster? cluster;

    public TestCluster Cluster => cluster!;

    /// <summary>The connection string of the cluster's database.</summary>
    public string Database { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Requires.PostgreSqlBin is null)
            return;
        await server.InitializeAsync();
        Database = await server.CreateMigratedAsync();
        cluster = await StartAsync(Database);
    }

    public async Task DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        await server.DisposeAsync();
    }

    protected virtual Task<TestCluster> StartAsync(string database) => TestCluster.StartAsync(database, performers: (_, grains) => [new Answerer(grains)]);
}

/// <summary>Answers every message, and hands over to a person when it asks for one.</summary>
internal sealed class Answerer(IGrainClient grains) : IWorkPerformer
{
    public const string NeedsPerson = "a person, please";

    public Type Handles => typeof(RunPipeline);

    public static Interaction Message(string id, string text = "Where is my order?") =>
        new(id, ChannelNames.Chat, "visitor-1", text, new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));

    /// <summary>A message that is handed over to this queue.</summary>
    public static Interaction MessageTo(string queue) => Message("m-1", $"{NeedsPerson} {queue}");

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        var run = (RunPipeline)work;
        if (await grains.AskAsync(origin, new GetRunContext(run.MessageId), cancellation) is not RunContext context)
            return null;

        var handsOver = context.Message.Content.StartsWith(NeedsPerson, StringComparison.Ordinal);
        return new CompleteRun(run.MessageId, new RunOutcome
        {
            Signals = MessageSignals.Unknown,
            ResolutionType = handsOver ? ResolutionTypes.Human : ResolutionTypes.Automated,
            Answer = new OutgoingMessage($"About {run.MessageId}.", [], []),
            Handoff = handsOver ? new HandoffPackage(QueueIn(context.Message.Content), 3, "The customer asked for a person.", context.Message.Content, [], []) : null,
        });
    }

    private static string QueueIn(string text) => text.Length > NeedsPerson.Length ? text[(NeedsPerson.Length + 1)..] : "billing";
}

[CollectionDefinition(nameof(ClusterTests))]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>;
