using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Traffic;

namespace CustomerService.Bench.Cluster;

/// <param name="Messages">Different messages, after the one that begins each conversation.</param>
/// <param name="Zipf">By which some conversations are busier than others; 0 for all alike.</param>
/// <param name="Window">Messages under way at once.</param>
internal sealed record KeepingShape(int Messages, int Conversations, double Zipf, int Window)
{
    public int Seed { get; init; } = 20260302;
}

/// <param name="ToDurable">Milliseconds from sending a message until it was durable.</param>
/// <param name="Processor">Of this process: the grains, and who sends.</param>
/// <param name="ServerProcessor">Of the database server; null where it is not known.</param>
/// <param name="Fault">Why the result is void; null when it counts.</param>
internal sealed record KeepingResult(int Messages, TimeSpan Elapsed, Samples ToDurable, TimeSpan Processor, TimeSpan? ServerProcessor, string? Fault)
{
    public double MessagesPerSecond => Messages / Elapsed.TotalSeconds;
}

/// <summary>Sends messages to a keeper with a window under way, and measures. Each has 360 characters.</summary>
/// <param name="name">Of the run among those on the same keeper, whose messages must not be taken for one another's.</param>
internal sealed class KeepingRun(IMessageKeeper keeper, KeepingShape shape, Func<TimeSpan?> serverProcessor, string name = "m")
{
    private const int TextLength = 360;

    private readonly ConcurrentBag<double> _toDurable = [];
    private readonly ConcurrentDictionary<(int Conversation, long Place), int> _places = new();
    private int _taken;

    /// <summary>Begins every conversation; not measured.</summary>
    public async Task PrepareAsync()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, shape.Conversations),
            new ParallelOptions { MaxDegreeOfParallelism = shape.Window },
            async (n, _) => await keeper.KeepAsync(n, string.Create(CultureInfo.InvariantCulture, $"first-{n:000000}"), Text(n)));
        await keeper.SettleAsync();
    }

    public async Task<KeepingResult> RunAsync()
    {
        var plan = Plan();
        var before = await keeper.CountAsync();
        using var process = Process.GetCurrentProcess();
        var (own, server) = (process.TotalProcessorTime, serverProcessor());
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, shape.Window).Select(_ => Task.Run(async () =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) < plan.Length;)
                await SendAsync(n, plan[n]);
        })));
        await keeper.SettleAsync();
        var elapsed = clock.Elapsed;
        process.Refresh();
        (own, server) = (process.TotalProcessorTime - own, serverProcessor() - server);
        var kept = await keeper.CountAsync() - before;
        var fault = _taken > 0 ? $"{_taken} messages got a place that another one has"
            : kept != plan.Length ? $"{plan.Length} messages were sent and {kept} are stored"
            : null;
        return new KeepingResult(plan.Length, elapsed, new Samples(_toDurable), own, server, fault);
    }

    private async Task SendAsync(int n, int conversation)
    {
        var started = Stopwatch.GetTimestamp();
        var place = await keeper.KeepAsync(conversation, string.Create(CultureInfo.InvariantCulture, $"{name}-{n:000000}"), Text(n));
        _toDurable.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (!_places.TryAdd((conversation, place), n))
            Interlocked.Increment(ref _taken);
    }

    private int[] Plan()
    {
        var random = new Random(shape.Seed);
        var conversations = new ZipfDistribution(shape.Conversations, shape.Zipf);
        return [.. Enumerable.Range(0, shape.Messages).Select(_ => conversations.Draw(random))];
    }

    private static string Text(int n) => string.Create(CultureInfo.InvariantCulture, $"Message {n}: where is my order? ").PadRight(TextLength, 'x');
}
