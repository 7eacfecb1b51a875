using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Running;
using CustomerService.Bench.Traffic;
using CustomerService.Gateway.Chat;

namespace CustomerService.Bench.Throughput;

/// <summary>What one run of traffic came to.</summary>
/// <param name="Elapsed">From the first message until the last one's effects are durable too.</param>
/// <param name="Faults">Why the result is void; empty when it counts.</param>
internal sealed record TrafficResult(
    int Messages, int Repeated, TimeSpan Elapsed, Samples ToAcknowledged, Samples ToOutcome, ImmutableDictionary<Outcome, int> Outcomes,
    long Transactions, WriteVolume Written, long StoredBytes, TimeSpan Processor, string ProcessorByThreads, long Allocated,
    ImmutableArray<string> Faults)
{
    public double MessagesPerSecond => Messages / Elapsed.TotalSeconds;
}

/// <summary>Sends planned traffic into a system, with a window of messages under way, and measures.</summary>
internal sealed class TrafficRun(BenchSystem system, int window)
{
    private readonly ConcurrentBag<double> _toAcknowledged = [];
    private readonly ConcurrentBag<double> _toOutcome = [];
    private readonly ConcurrentDictionary<Outcome, int> _outcomes = new();
    private readonly ConcurrentBag<string> _faults = [];
    private readonly ConcurrentDictionary<int, int> _handovers = new();
    private int _repeated;

    public async Task<TrafficResult> RunAsync(ImmutableArray<PlannedMessage> plan)
    {
        using var process = Process.GetCurrentProcess();
        var (processor, threads, allocated) = (process.TotalProcessorTime, ThreadTimes.Read(), GC.GetTotalAllocatedBytes());
        var clock = Stopwatch.StartNew();
        using (var watch = new OutcomeWatch(system.Host.Journal))
        {
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, window).Select(_ => Task.Run(async () =>
            {
                for (int n; (n = Interlocked.Increment(ref next)) < plan.Length;)
                    await SendAsync(watch, n, plan[n]);
            })));
        }

        // What the outcomes want done belongs to the work: tickets, customers' records, queues.
        await system.Store.WhenSettledAsync();
        await system.StopAsync();
        var elapsed = clock.Elapsed;
        process.Refresh();
        (processor, allocated) = (process.TotalProcessorTime - processor, GC.GetTotalAllocatedBytes() - allocated);
        var byThreads = ThreadTimes.Read().Since(threads, processor, plan.Length);
        foreach (var fault in await ExactlyOnce.CheckAsync(system.Host.Journal, plan.Length))
            _faults.Add(fault);
        return new TrafficResult(
            plan.Length, _repeated, elapsed, new Samples(_toAcknowledged), new Samples(_toOutcome), _outcomes.ToImmutableDictionary(),
            system.Transactions, system.Store.Written, system.StoredBytes, processor, byThreads, allocated, [.. _faults.Distinct().Take(5)]);
    }

    public static string MessageId(int n) => string.Create(CultureInfo.InvariantCulture, $"m-{n:000000}");

    private async Task SendAsync(OutcomeWatch watch, int n, PlannedMessage message)
    {
        var conversation = message.Conversation is { } slot ? InSlot(watch, slot) : string.Create(CultureInfo.InvariantCulture, $"own-{n:000000}");
        var send = new SendMessage { ConversationId = conversation, MessageId = MessageId(n), Text = message.Text };
        var outcome = watch.Expect(send.MessageId);

        var started = Stopwatch.GetTimestamp();
        var accepted = await system.Intake.AcceptAsync($"visitor-{conversation}", send, null, CancellationToken.None);
        _toAcknowledged.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (accepted.Duplicate)
            _faults.Add($"{send.MessageId} was taken for a repetition");
        if (message.IsRepeated)
        {
            Interlocked.Increment(ref _repeated);
            if (await system.Intake.AcceptAsync($"visitor-{conversation}", send, null, CancellationToken.None) is not { Duplicate: true } again || again.Sequence != accepted.Sequence)
                _faults.Add($"{send.MessageId} came twice and was not known the second time");
        }

        var (how, at) = await outcome;
        _toOutcome.Add(Stopwatch.GetElapsedTime(started, at).TotalMilliseconds);
        _outcomes.AddOrUpdate(how, 1, (_, count) => count + 1);
    }

    /// <summary>The slot's conversation; when a person has it, the customer begins another.</summary>
    private string InSlot(OutcomeWatch watch, int slot)
    {
        while (true)
        {
            var handovers = _handovers.GetValueOrDefault(slot);
            var conversation = string.Create(CultureInfo.InvariantCulture, $"c-{slot:0000}-{handovers}");
            if (!watch.IsWithPerson(conversation))
                return conversation;
            _handovers.TryUpdate(slot, handovers + 1, handovers);
            _handovers.TryAdd(slot, 1);
        }
    }
}
