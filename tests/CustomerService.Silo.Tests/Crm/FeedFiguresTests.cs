using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Integrations;
using CustomerService.Silo.Crm;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Silo.Tests.Crm;

public sealed class FeedFiguresTests
{
    [Fact]
    public async Task FeedThatIsHeldUp_ShowsItsLagAndItsTries()
    {
        var clock = new WaitingClock();
        var down = true;
        await using var world = await FeedWorld.StartAsync();
        using var figures = new Figures(world.Meters);
        await using var receiver = await WebhookReceiver.StartAsync((_, response) => response.StatusCode = Volatile.Read(ref down) ? 503 : 200);
        await world.LogAsync("T-1", "m-1"); // entries 1 (the opening) and 2
        await world.LogAsync("T-1", "m-2");
        await world.FeedAsync(FeedTarget.Crm, receiver, clock);
        await clock.NextAsync();

        Assert.Equal(2, figures.Lag("crm"));
        Assert.Equal(1, figures.Deliveries["crm retried"]);

        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = world.Journal.Subscribe(null, _ => told.TrySetResult()); // After the feed's own, so the feed has heard of it first.
        await world.LogAsync("T-1", "m-3"); // The reply may leave before the journal's news.
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(3, figures.Lag("crm"));
    }

    [Fact]
    public async Task FeedThatHasPassedEverything_LagsByNothing()
    {
        await using var world = await FeedWorld.StartAsync();
        using var figures = new Figures(world.Meters);
        await using var receiver = await WebhookReceiver.StartAsync((received, response) => response.StatusCode = received["interactionId"] == "m-2" ? 400 : 200);
        foreach (var message in new[] { "m-1", "m-2", "m-3" })
            await world.LogAsync("T-1", message);

        var feed = await world.FeedAsync(FeedTarget.Crm, receiver);
        await figures.DeliveredAsync("crm", 2);
        await feed.StopAsync(default);

        Assert.Equal(1, figures.Deliveries["crm refused"]);
        Assert.Equal(0, figures.Lag("crm"));
    }

    /// <summary>What the instruments of one factory say.</summary>
    private sealed class Figures : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _lags = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private (string Name, long Count) _awaited;

        public Figures(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == IntegrationsInstruments.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                var name = string.Join(' ', tags.ToArray().Select(tag => tag.Value));
                if (instrument.Name == "crm_feed_lag_events")
                    _lags[name] = value;
                else if (Deliveries.AddOrUpdate(name, value, (_, before) => before + value) is var count && _awaited == (name, count))
                    _reached.TrySetResult();
            });
            _listener.Start();
        }

        public ConcurrentDictionary<string, long> Deliveries { get; } = new();

        public long Lag(string destination)
        {
            _listener.RecordObservableInstruments();
            return _lags[destination];
        }

        /// <summary>Returns when so many events were delivered. Once for each test.</summary>
        public Task DeliveredAsync(string destination, long count)
        {
            _awaited = ($"{destination} delivered", count);
            if (Deliveries.GetValueOrDefault(_awaited.Name) >= count)
                _reached.TrySetResult();
            return _reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        public void Dispose() => _listener.Dispose();
    }
}
