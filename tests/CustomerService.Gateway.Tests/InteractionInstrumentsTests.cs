using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class InteractionInstrumentsTests
{
    [Fact]
    public async Task Each_message_dealt_with_is_counted_and_timed_once()
    {
        var world = new GrainWorld
        {
            Script = context => context.Message.Content switch
            {
                "fail" => throw new TimeoutException("too slow"),
                "person" => Task.FromResult(Outcomes.Handoff("billing", priority: 9)),
                _ => Task.FromResult(Outcomes.Answer("ok")),
            },
        };
        await using var gateway = await RunningGateway.StartAsync(world);
        using var figures = new Figures(gateway.Services.GetRequiredService<IMeterFactory>());

        foreach (var text in (string[])["one", "two", "fail", "person"])
            await gateway.MessagesAsync((await gateway.SayAsync(null, text, $"c-{text}", "m-1")).Json["token"]!.GetValue<string>(), $"c-{text}", 2);
        await gateway.SayAsync(null, "one", "c-one-more");
        await gateway.ReadAsync(RunningGateway.AgentToken, "c-one-more", "?after=1&wait=10");
        await gateway.Services.GetRequiredService<QueueInstruments>().RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();

        Assert.Equal(3, figures.Sum("customer_interactions", "channel=chat,intent=order_status,resolution_type=automated"));
        Assert.Equal(1, figures.Sum("customer_interactions", "channel=chat,intent=order_status,resolution_type=human"));
        Assert.Equal(1, figures.Sum("customer_interactions", "channel=chat,intent=unknown,resolution_type=error_fallback"));
        Assert.Equal(3, figures.Count("response_time", "channel=chat,resolution_type=automated"));
        Assert.Equal(1, figures.Sum("queue_size", "priority=high,queue_name=billing"));
        Assert.Equal(0, figures.Sum("queue_size", "priority=normal,queue_name=billing"));
        Assert.Equal(1, figures.Sum("queue_size", "priority=high,queue_name=general") + figures.Sum("queue_size", "priority=normal,queue_name=general"));
    }

    [Fact]
    public async Task A_queue_that_cannot_be_asked_is_left_out()
    {
        var world = new GrainWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        using var figures = new Figures(gateway.Services.GetRequiredService<IMeterFactory>());
        var instruments = gateway.Services.GetRequiredService<QueueInstruments>();
        await instruments.RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();
        Assert.Equal(2, figures.Count("queue_size", null));

        world.Fault = (_, command) => command is GetQueue ? new StoreUnavailableException("gone") : null;
        await instruments.RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();

        Assert.Equal(2, figures.Count("queue_size", null));
    }

    /// <summary>What one meter factory's instruments said.</summary>
    private sealed class Figures : IDisposable
    {
        private readonly ConcurrentBag<(string Instrument, string Tags, double Value)> _said = [];

        public Figures(IMeterFactory factory)
        {
            Listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Name is InteractionInstruments.MeterName or QueueInstruments.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                        listener.EnableMeasurementEvents(instrument);
                },
            };
            Listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Say(instrument, value, tags));
            Listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Say(instrument, value, tags));
            Listener.Start();
        }

        public MeterListener Listener { get; }

        public double Sum(string instrument, string tags) => _said.Where(each => each.Instrument == instrument && each.Tags == tags).Sum(each => each.Value);

        public int Count(string instrument, string? tags) => _said.Count(each => each.Instrument == instrument && (tags is null || each.Tags == tags));

        public void Dispose() => Listener.Dispose();

        private void Say(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _said.Add((instrument.Name, string.Join(',', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")), value));
    }
}
