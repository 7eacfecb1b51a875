using System.Collections.Immutable;

namespace CustomerService.Reporting.Spikes;

/// <summary>The recent past of one thing that is counted: the last hour in four buckets, and which conversations they were.</summary>
internal sealed class Series
{
    public const int Buckets = 4;
    private const int MostExamples = 5;

    private readonly long[] _recent = new long[Buckets];
    private readonly Queue<string> _examples = new();
    private int _current;

    /// <summary>The alert about it; null: there is none.</summary>
    public Alert? Alert { get; set; }

    /// <summary>For how many buckets an alert's reason has been gone.</summary>
    public int Calm { get; set; }

    public long LastHour => _recent[0] + _recent[1] + _recent[2] + _recent[3];

    public long Newest => _recent[_current];

    public ImmutableArray<string> Examples => [.. _examples];

    public void Count(string conversation)
    {
        _recent[_current]++;
        _examples.Enqueue(conversation);
        if (_examples.Count > MostExamples)
            _examples.Dequeue();
    }

    /// <summary>Ends the newest bucket and begins another.</summary>
    public void Turn()
    {
        _current = (_current + 1) % Buckets;
        _recent[_current] = 0;
    }
}
