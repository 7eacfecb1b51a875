using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Channels.Health;

namespace CustomerService.Channels.Tests.Health;

/// <summary>What the instruments of one <see cref="ChannelHealth"/> say, without the words that all their names begin with.</summary>
internal sealed class ChannelFigures : IMeterFactory
{
    private const string Prefix = "customerservice_channel_";

    private readonly ConcurrentDictionary<string, long> _counted = new();
    private readonly ConcurrentBag<string> _observed = [];
    private readonly MeterListener _listener = new();
    private Meter? _meter;

    public ChannelFigures(ChannelHealth health)
    {
        _ = new ChannelInstruments(this, health);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Note);
        _listener.Start();
    }

    public Meter Create(MeterOptions options) => _meter = new Meter(options);

    public IEnumerable<string> Counted() => _counted.Select(each => $"{each.Key} {each.Value}").Order(StringComparer.Ordinal);

    public IEnumerable<string> Observed()
    {
        _observed.Clear();
        _listener.RecordObservableInstruments();
        return _observed.Order(StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter?.Dispose();
    }

    private void Note(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        Assert.StartsWith(Prefix, instrument.Name, StringComparison.Ordinal);
        var line = $"{instrument.Name[Prefix.Length..]} {string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}";
        if (instrument.IsObservable)
            _observed.Add($"{line} {value}");
        else
            _counted.AddOrUpdate(line, value, (_, before) => before + value);
    }
}
