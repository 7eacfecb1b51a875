using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerService.Bench.Figures;

namespace CustomerService.Bench.Profile;

/// <summary>Adds up what each stage takes, message by message.</summary>
internal sealed class StageTimes
{
    private readonly ConcurrentDictionary<string, double> _now = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<double>> _messages = new(StringComparer.Ordinal);

    public void AddSince(string stage, long started) => Add(stage, Stopwatch.GetElapsedTime(started).TotalMicroseconds);

    /// <param name="microseconds">Added to the stage's time within the current message.</param>
    public void Add(string stage, double microseconds) => _now.AddOrUpdate(stage, microseconds, (_, sum) => sum + microseconds);

    /// <summary>Microseconds of the stage within the current message so far.</summary>
    public double Current(string stage) => _now.GetValueOrDefault(stage);

    /// <summary>Ends a message. Stages that it did not go through took nothing.</summary>
    public void EndMessage()
    {
        foreach (var (stage, microseconds) in _now)
        {
            if (!_messages.TryGetValue(stage, out var known))
                _messages.Add(stage, known = []);
            known.Add(microseconds);
        }

        _now.Clear();
    }

    /// <summary>Forgets what was measured so far, as a warm-up.</summary>
    public void Clear()
    {
        _now.Clear();
        _messages.Clear();
    }

    /// <summary>Mean microseconds a message, of all <paramref name="messages"/>; the slowest hundredth, which neighbours cause, counts as the 99th percentile.</summary>
    public double Mean(string stage, int messages)
    {
        if (!_messages.TryGetValue(stage, out var values))
            return 0;
        var limit = new Samples(values).At(0.99);
        return values.Sum(value => Math.Min(value, limit)) / messages;
    }

    public IEnumerable<string> Stages => _messages.Keys;
}
