using CustomerService.Grains;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Owners;

/// <summary>The pipelines' parts for a check, where none run in this process: on grains of a throw-away store that never starts.</summary>
internal sealed class CheckingParts : IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SqliteStore _store;
    private readonly InProcessHost _host;

    public CheckingParts(SiloSettings settings, TimeProvider time)
    {
        _store = SqliteStore.Open(_temporary.Path);
        _host = new InProcessHost(GrainCatalog.All, _store);
        Parts = PipelineParts.Compose(_host.Inside, settings, new DataFolder(_temporary.Path), NullLoggerFactory.Instance, time);
    }

    public PipelineParts Parts { get; }

    public async ValueTask DisposeAsync()
    {
        await Parts.DisposeAsync();
        _host.Dispose();
        await _store.DisposeAsync();
        _temporary.Dispose();
    }
}
