using System.Globalization;

namespace CustomerService.Fuzz.Tests.Fuzzing;

/// <summary>What came of trying one target.</summary>
internal sealed class FuzzReport(string target, int seed)
{
    private TimeSpan _slowest;
    private int _slowestNumber;
    private long _most;
    private long _mostLength;
    private int _mostNumber;

    public long Inputs { get; private set; }

    public long Bytes { get; private set; }

    public long PeakMegabytes { get; set; }

    public SortedDictionary<string, long> Outcomes { get; } = new(StringComparer.Ordinal);

    public List<string> Findings { get; } = [];

    public void Tried(int number, string what, long length, TimeSpan elapsed, long allocated)
    {
        Inputs++;
        Bytes += length;
        Outcomes[what] = Outcomes.GetValueOrDefault(what) + 1;
        if (elapsed > _slowest)
            (_slowest, _slowestNumber) = (elapsed, number);
        if (allocated > _most)
            (_most, _mostLength, _mostNumber) = (allocated, length, number);
    }

    public void Found(int number, string what) => Findings.Add($"{what}\n  again: --target {target} --seed {seed} --only {number}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {target}: {Inputs:N0} inputs of {Bytes / Math.Max(1, Inputs):N0} bytes (seed {seed}), {Findings.Count} findings
          slowest {_slowest.TotalMilliseconds:0.0} ms (number {_slowestNumber}); most allocated {_most / 1e6:0.0} MB for {_mostLength:N0} bytes (number {_mostNumber}); process at most {PeakMegabytes:N0} MB
          {string.Join(", ", Outcomes.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value:N0}")))}
        {string.Join('\n', Findings)}
        """).TrimEnd();
}
