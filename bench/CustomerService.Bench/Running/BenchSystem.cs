using CustomerService.Channels.Files;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Grains;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Bench.Running;

/// <summary>How the measured system differs from the one that ships; by default not at all.</summary>
internal sealed record BenchOptions
{
    public IEnumerable<GrainKind> Kinds { get; init; } = GrainCatalog.All;

    public InProcessOptions Host { get; init; } = new() { Workers = SiloSettings.DefaultWorkers };

    /// <summary>Who runs the pipeline; the product's own performer is given.</summary>
    public Func<IWorkPerformer, IWorkPerformer> Performer { get; init; } = own => own;

    /// <summary>How that performer asks grains.</summary>
    public Func<IGrainClient, IGrainClient> Asking { get; init; } = own => own;
}

/// <summary>
/// The product from the gateway's intake inwards, in a folder of its own: intake, door, grains, pipeline, store. Only the
/// sockets are missing, and the store is watched.
/// </summary>
internal sealed class BenchSystem : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _sqlite;
    private PipelineParts? _parts;
    private bool _isStopped;

    private BenchSystem(BenchOptions options)
    {
        var settings = new SiloSettings { DataFolder = _folder.Path, Content = ContentFolder.Find(null), Quiet = true };
        var data = DataFolder.Create(_folder.Path);
        _sqlite = SqliteStore.Open(data.Path);
        Store = new WatchedStore(_sqlite);
        Host = new InProcessHost(
            options.Kinds,
            Store,
            grains =>
            {
                var parts = _parts = PipelineParts.Compose(grains, settings, data, NullLoggerFactory.Instance, TimeProvider.System).Opened();
                return [options.Performer(new PipelineRunPerformer(options.Asking(grains), parts, settings, TimeProvider.System))];
            },
            options.Host);
        Intake = new MessageIntake(Host.Door, new AttachmentDesk(new FolderAttachmentStore(Path.GetTempPath()), new AttachmentTickets(new byte[32], TimeProvider.System), TimeProvider.System), TimeProvider.System);
    }

    public InProcessHost Host { get; }

    public MessageIntake Intake { get; }

    public WatchedStore Store { get; }

    /// <summary>Transactions that were committed.</summary>
    public long Transactions => _sqlite.Transactions;

    /// <summary>The database with its log, in bytes.</summary>
    public long StoredBytes => new DirectoryInfo(_folder.Path).GetFiles(SqliteStore.FileName + "*").Sum(file => file.Length);

    public static async Task<BenchSystem> StartAsync(BenchOptions? options = null)
    {
        var system = new BenchSystem(options ?? new BenchOptions());
        await system.Host.StartAsync();
        return system;
    }

    /// <summary>Ends when all that was accepted is done and durable.</summary>
    public async Task StopAsync()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        await Host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Host.Dispose();
        await (_parts?.DisposeAsync() ?? default);
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
