using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Interpreting;
using CustomerService.Translation.Settings;

namespace CustomerService.Silo.Running;

/// <summary>
/// Tells each queue what the owner's routing file wants of it, and what its agents read: before anybody is let in, and after each edit. A queue that hears again
/// what it knows does nothing, so telling once too often is free; telling goes on until every queue has heard.
/// </summary>
internal sealed partial class PolicyTeller(PipelineHolder parts, TranslationFile translation, IGrainHosting host, TimeProvider time, ILogger<PolicyTeller> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _edited = new(0);
    private ImmutableDictionary<string, QueuePolicy> _told = ImmutableDictionary<string, QueuePolicy>.Empty;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var routing = parts.Routing ?? throw new InvalidOperationException("The grains' host is to be made before the policies are told.");
        routing.Changed += Edited;
        translation.Changed += Edited;
        try
        {
            await TellAsync(routing.Current, cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            // Each queue has kept what it was told last; the news follow.
            LogFault(fault);
            _edited.Release();
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        if (parts.Routing is { } routing)
            routing.Changed -= Edited;
        translation.Changed -= Edited;
        base.Dispose();
        _edited.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _edited.WaitAsync(stoppingToken);
            try
            {
                await TellAsync(parts.Routing!.Current, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFault(fault);
                await Task.Delay(BetweenAttempts, time, stoppingToken);
                _edited.Release();
            }
        }
    }

    private void Edited() => _edited.Release();

    /// <summary>A queue that an edit has left out is a queue like any other that nobody configured.</summary>
    private async Task TellAsync(RoutingRules rules, CancellationToken cancellation)
    {
        var policies = rules.Policies.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.WithLanguages(translation.Current.LanguagesOf(entry.Key)), StringComparer.Ordinal);
        foreach (var unknown in translation.Current.Queues.Keys.Except(rules.Policies.Keys).Order(StringComparer.Ordinal))
            LogUnknownQueue(unknown);
        var gone = _told.Keys.Except(policies.Keys).Select(queue => KeyValuePair.Create(queue, QueuePolicy.Default));
        foreach (var (queue, policy) in policies.Concat(gone))
        {
            if (await host.Inside.AskAsync(Grain.Queue(queue), new ConfigureQueue(policy), cancellation) is Refused refused)
                LogRefused(queue, refused.Message);
        }

        _told = policies;
    }

    [LoggerMessage(LogLevel.Error, "The queue {Queue} does not take its policy: {Reason}")]
    private partial void LogRefused(string queue, string reason);

    [LoggerMessage(LogLevel.Warning, "translation.yaml names the queue '{Queue}', which the routing file does not have; name one that it has")]
    private partial void LogUnknownQueue(string queue);

    [LoggerMessage(LogLevel.Warning, "Some queues could not be told their policies; they will be told again")]
    private partial void LogFault(Exception fault);
}
