using System.Collections.Concurrent;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway.Staff;

/// <summary>The names of all queues: those of the settings, and each to which something happened since the start.</summary>
public sealed class KnownQueues(GatewayOptions options, IJournal journal) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _names = new(options.Queues.Select(name => KeyValuePair.Create(name, true)), StringComparer.Ordinal);
    private IDisposable? _subscription;

    /// <summary>In their order.</summary>
    public IEnumerable<string> Names => _names.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a conversation may be sent there: a known queue, or one that an agent serves.</summary>
    public async Task<bool> IsServedAsync(string queue, IGrainClient grains, CancellationToken cancellation) =>
        _names.ContainsKey(queue) || (await grains.AskForAsync<QueueView>(Grain.Queue(queue), new GetQueue(), cancellation)).AgentsPresent > 0;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = journal.Subscribe(null, entry =>
        {
            if (entry.Grain.Kind == GrainKinds.Queue)
                _names.TryAdd(entry.Grain.Key, true);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();
}
