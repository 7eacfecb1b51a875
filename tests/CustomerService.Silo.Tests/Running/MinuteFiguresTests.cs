using CustomerService.Grains.Turns;
using CustomerService.Reporting.Following;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using CustomerService.Silo.Tests.Crm;
using Microsoft.Extensions.Logging.Abstractions;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Running;

public sealed class MinuteFiguresTests
{
    [Fact]
    public async Task QueuesThatCannotBeAsked_AreCounted_AndEndNothing()
    {
        using var folder = new TemporaryFolder();
        using var content = new OwnersContent();
        content.WriteRouting("queues:\n  general: []\n  billing: []\n");
        var away = new Away();
        await using var world = await FeedWorld.StartAsync();
        await using var holder = new PipelineHolder();
        var settings = new SiloSettings { DataFolder = folder.Path, Content = content.Folder };
        holder.Hold(PipelineParts.Compose(away, settings, new DataFolder(folder.Path), NullLoggerFactory.Instance, TimeProvider.System).Opened());
        using var figures = new MinuteFigures(away, world.Journal, holder, new Foresight(world.Journal, TimeProvider.System), TimeProvider.System, NullLogger<MinuteFigures>.Instance);

        Assert.EndsWith($"active grains 3, backlog 4; {holder.Queues.Count()} queues do not answer", await figures.LineAsync(default), StringComparison.Ordinal);
    }

    /// <summary>A host whose store is away.</summary>
    private sealed class Away : IGrainHosting, IGrainClient
    {
        public IGrainClient Inside => this;

        public int Activations => 3;

        public int WorkBacklog => 4;

        public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) => throw new StoreUnavailableException("The store is away.");
    }
}
