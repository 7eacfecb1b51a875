using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace CustomerService.Gateway.Staff;

/// <summary>
/// What this process' own instruments said lately: how long the store's transactions take, which services are left alone by their breakers, how far outside systems lag behind.
/// It listens as a collector does, and keeps a bounded ring.
/// </summary>
public sealed class ProcessFigures : IDisposable
{
    private const string Runtime = "runtime";
    private const string CommitSeconds = $"{Runtime}.store.commit_seconds";
    private const string Refused = $"{Runtime}.refused";
    private const string FailedAttempts = $"{Runtime}.work.attempts_failed";
    private const string OpenCircuit = "circuit_open";
    private const string FeedLag = "crm_feed_lag_events";

    /// <summary>The last transactions that are kept.</summary>
    private const int Kept = 1_024;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, double Seconds)> _commits = [];
    private readonly ConcurrentDictionary<(string Kind, string Name), ServiceCircuit> _circuits = [];
    private readonly ConcurrentDictionary<string, long> _lags = new(StringComparer.Ordinal);
    private long _refused;
    private long _failedAttempts;

    public ProcessFigures(TimeProvider time)
    {
        _time = time;
        Since = time.GetUtcNow();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is CommitSeconds or Refused or FailedAttempts or OpenCircuit or FeedLag)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => Committed(value));
        _listener.SetMeasurementEventCallback<long>(Counted);
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Switched(value != 0, tags));
        _listener.Start();
    }

    /// <summary>Since when it listens: the start of the process.</summary>
    public DateTimeOffset Since { get; }

    public ProcessPicture Look()
    {
        _listener.RecordObservableInstruments();
        double[] seconds;
        var from = _time.GetUtcNow() - Lately;
        lock (_gate)
            seconds = [.. _commits.Where(commit => commit.At >= from).Select(commit => commit.Seconds).Order()];
        return new ProcessPicture(
            new CommitTimes(seconds.Length, Percentile(seconds, 0.5), Percentile(seconds, 0.99)),
            [.. _circuits.Values.OrderByDescending(circuit => circuit.IsOpen).ThenBy(circuit => circuit.Kind, StringComparer.Ordinal).ThenBy(circuit => circuit.Name, StringComparer.Ordinal)],
            _lags.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Interlocked.Read(ref _refused), Interlocked.Read(ref _failedAttempts));
    }

    public void Dispose() => _listener.Dispose();

    private static double Percentile(double[] sorted, double share) => sorted.Length == 0 ? 0 : 1000 * sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private void Committed(double seconds)
    {
        lock (_gate)
        {
            _commits.Enqueue((_time.GetUtcNow(), seconds));
            if (_commits.Count > Kept)
                _commits.Dequeue();
        }
    }

    private void Counted(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        switch (instrument.Name)
        {
            case Refused:
                Interlocked.Add(ref _refused, value);
                break;
            case FailedAttempts:
                Interlocked.Add(ref _failedAttempts, value);
                break;
            default:
                _lags[Tag(tags, "destination") ?? instrument.Name] = value;
                break;
        }
    }

    private void Switched(bool open, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (kind, name, now) = (Tag(tags, "kind") ?? "", Tag(tags, "name") ?? "", _time.GetUtcNow());
        _circuits.AddOrUpdate((kind, name), new ServiceCircuit(kind, name, open, now), (_, before) => before.IsOpen == open ? before : before with { IsOpen = open, Since = now });
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return value?.ToString();
        }

        return null;
    }
}

/// <summary>This process' own figures at one moment.</summary>
/// <param name="Lags">Events that each outside system has yet to be told of.</param>
/// <param name="Refused">Commands refused for overload since the start.</param>
/// <param name="FailedAttempts">Attempts at outside work that failed since the start; most are repeated.</param>
public sealed record ProcessPicture(CommitTimes Commits, ImmutableArray<ServiceCircuit> Circuits, ImmutableSortedDictionary<string, long> Lags, long Refused, long FailedAttempts);

/// <summary>How long transactions took to be on disk in the last five minutes, of the last thousand.</summary>
/// <param name="Count">None: this process has written nothing lately.</param>
public sealed record CommitTimes(int Count, double P50Milliseconds, double P99Milliseconds);

/// <summary>A breaker around a service: open, it is left alone for a while because it failed again and again.</summary>
/// <param name="Kind"><c>model</c>, <c>translation</c> or <c>tools</c>.</param>
public sealed record ServiceCircuit(string Kind, string Name, bool IsOpen, DateTimeOffset Since);
