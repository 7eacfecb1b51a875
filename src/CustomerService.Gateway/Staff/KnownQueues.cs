using System.Collections.Concurrent;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Staff;

/// <summary>
/// The names of all queues: those of the settings, each to which something happened here since the start, and those that exist elsewhere, which
/// are read at the start and every half minute.
/// </summary>
/// <param name="elsewhere">Null where every queue lives in this process.</param>
public sealed class KnownQueues(
    IEnumerable<string> settings, IJournal journal, IQueueNames? elsewhere, TimeProvider time, ILogger<KnownQueues> logger) : BackgroundService
{
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> _names = new(settings.Select(name => KeyValuePair.Create(name, true)), StringComparer.Ordinal);
    private readonly Rounds _rounds = new("Reading the names of queues", time, logger);
    private IDisposable? _subscription;

    /// <summary>In their order.</summary>
    public IEnumerable<string> Names => _names.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a conversation may be sent there: a known queue, or one that an agent serves.</summary>
    public async Task<bool> IsServedAsync(string queue, IGrainClient grains, CancellationToken cancellation) =>
        _names.ContainsKey(queue) || (await grains.AskForAsync<QueueView>(Grain.Queue(queue), new GetQueue(), cancellation)).AgentsPresent > 0;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = journal.Subscribe(null, entry =>
        {
            if (entry.Grain.Kind == GrainKinds.Queue)
                _names.TryAdd(entry.Grain.Key, true);
        });
        if (elsewhere is not null)
            await _rounds.OnceAsync(stopping => ReadAsync(elsewhere, stopping), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        elsewhere is null ? Task.CompletedTask : _rounds.EachAsync(ReadAgainAfter, stopping => ReadAsync(elsewhere, stopping), stoppingToken);

    private async Task ReadAsync(IQueueNames others, CancellationToken cancellation)
    {
        foreach (var name in await others.ReadAsync(cancellation))
            _names.TryAdd(name, true);
    }
}
