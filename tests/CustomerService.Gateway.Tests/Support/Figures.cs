using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>What one meter factory's instruments said.</summary>
internal sealed class Figures : IDisposable
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
