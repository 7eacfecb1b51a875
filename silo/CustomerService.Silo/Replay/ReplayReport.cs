using System.Globalization;
using System.Text;

namespace CustomerService.Silo.Replay;

/// <summary>What became of one message.</summary>
/// <param name="Queue">Where it waits for a person; null when it does not.</param>
/// <param name="Failure">Why nothing is known of it; null when something is.</param>
/// <param name="Answers">Messages to the customer in reply to it; more than one means it was answered twice.</param>
/// <param name="Stored">Customers' messages in the conversation's journal.</param>
internal sealed record ReplayResult(
    bool Duplicate, string? Queue, bool Answered, string? Failure, string Intent, double Sentiment, int Answers, int Stored, TimeSpan Elapsed);

/// <summary>What became of a file of messages.</summary>
internal sealed class ReplayReport(IReadOnlyList<ReplayResult> results, TimeSpan elapsed)
{
    public int Failed => results.Count(r => r.Failure is not null);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line("received", results.Count(r => r.Failure is null), $"of {results.Count} sent; {results.Count(r => r.Duplicate)} were known already");
        Line("answered automatically", results.Count(r => r is { Answered: true, Queue: null }));
        var handed = results.Where(r => r.Queue is not null).ToList();
        Line("handed to a person", handed.Count);
        foreach (var queue in handed.GroupBy(r => r.Queue).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            Line($"  queue {queue.Key}", queue.Count());
        Line("failed", Failed);
        foreach (var failure in results.Where(r => r.Failure is not null).GroupBy(r => r.Failure).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(5))
            Line($"  {failure.Key}", failure.Count());
        Line("answered more than once", results.Count(r => r.Answers > 1));
        Line("in the journal", results.Sum(r => r.Stored), "customers' messages");

        text.AppendLine().AppendLine("by intent");
        foreach (var intent in results.Where(r => r.Failure is null).GroupBy(r => r.Intent).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            Line($"  {intent.Key}", intent.Count());

        text.AppendLine().AppendLine("sentiment");
        foreach (var (name, low, high) in Bands)
            Line($"  {name}", results.Count(r => r.Failure is null && r.Sentiment >= low && r.Sentiment < high));

        var times = results.Where(r => r.Failure is null).Select(r => r.Elapsed).Order().ToList();
        text.AppendLine().AppendLine("from sending to the outcome");
        foreach (var share in new[] { 0.50, 0.95, 0.99 })
            text.AppendLine(CultureInfo.InvariantCulture, $"  p{share * 100:0}  {At(times, share).TotalMilliseconds,8:0.0} ms");
        text.AppendLine(CultureInfo.InvariantCulture, $"{results.Count / elapsed.TotalSeconds:0} messages a second ({results.Count} in {elapsed.TotalSeconds:0.0} s)");
        return text.ToString();

        void Line(string name, int count, string? rest = null) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-32} {count,7}{(rest is null ? "" : "  " + rest)}");
    }

    private static readonly (string Name, double Low, double High)[] Bands =
    [
        ("very negative (under -0.5)", double.NegativeInfinity, -0.5),
        ("negative", -0.5, -0.1),
        ("neutral", -0.1, 0.1),
        ("positive", 0.1, 0.5),
        ("very positive (0.5 and over)", 0.5, double.PositiveInfinity),
    ];

    private static TimeSpan At(List<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
