using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using CustomerService.Integrations;
using CustomerService.Integrations.Webhooks;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Crm;

/// <summary>Real grains in a real store, and feeds that follow their journal.</summary>
internal sealed class FeedWorld : IAsyncDisposable
{
    /// <summary>Longer than any pause between tries, so that a clock can tell them apart.</summary>
    public static readonly TimeSpan WebhookTimeout = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<(CrmFeed Feed, SignedWebhook Webhook)> _feeds = [];
    private readonly IGrainStore _store;
    private readonly ISystemRecords _records;
    private readonly Func<FeedTarget, TimeProvider, IDuty> _duty;
    private readonly InProcessHost _host;

    private FeedWorld(SharedDatabase? shared, string owner)
    {
        Data = new DataFolder(_folder.Path);
        _records = shared is null ? Data : shared;
        _store = shared is null ? SqliteStore.Open(Data.Path) : PostgreSqlStore.On(shared.Database, owner);
        _duty = (target, time) => shared is null ? new OnlyProcess() : new SharedDuty(shared.Database.Source, target.Name, time, NullLogger<SharedDuty>.Instance);
        _host = new InProcessHost(GrainCatalog.All, _store);
        Meters = _services.GetRequiredService<IMeterFactory>();
        Instruments = new IntegrationsInstruments(Meters);
    }

    public DataFolder Data { get; }

    public IJournal Journal => _host.Journal;

    public IGrainClient Grains => _host.Inside;

    public IMeterFactory Meters { get; }

    public IntegrationsInstruments Instruments { get; }

    /// <param name="shared">The database that several worlds share; none: a world on its own.</param>
    public static async Task<FeedWorld> StartAsync(SharedDatabase? shared = null, string owner = "")
    {
        var world = new FeedWorld(shared, owner);
        await world._host.StartAsync();
        return world;
    }

    /// <summary>Logs an interaction on a ticket.</summary>
    public Task LogAsync(string ticket, string message, string status = "open") => AskAsync(
        Grain.Ticket(ticket),
        new LogInteraction($"conv-{ticket}", "c-1", message, "Where is it?", status, "automated", ImmutableDictionary<string, string>.Empty)
        {
            Message = new LoggedMessage("chat", "order_status", 0.25, new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero)),
        });

    public async Task<Reply> AskAsync(GrainId grain, Command command) => await _host.Inside.AskAsync(grain, command);

    public async Task<CrmFeed> FeedAsync(FeedTarget target, WebhookReceiver receiver, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var webhook = new SignedWebhook(new WebhookSettings(receiver.Address, WebhookReceiver.Secret) { Timeout = WebhookTimeout }, time);
        var feed = new CrmFeed(
            target, webhook, Journal, _host.Inside, _records.FeedPosition(target.Name), _records.RefusedEvents(target.Name, time), _duty(target, time),
            Instruments, new Backoff(TimeSpan.FromSeconds(1), CrmFeed.LongestWait, new Random(7)), time, NullLogger<CrmFeed>.Instance);
        _feeds.Add((feed, webhook));
        await feed.StartAsync(default);
        return feed;
    }

    /// <summary>Returns when the feed has first kept where it is. Call it before the feed starts.</summary>
    public async Task PlacedAsync(FeedTarget target)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Data.Path, $"{target.Name}.position") { EnableRaisingEvents = true };
        watcher.Created += (_, _) => kept.TrySetResult();
        watcher.Renamed += (_, _) => kept.TrySetResult();
        await kept.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (feed, webhook) in _feeds)
        {
            await feed.StopAsync(default);
            feed.Dispose();
            webhook.Dispose();
        }

        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
