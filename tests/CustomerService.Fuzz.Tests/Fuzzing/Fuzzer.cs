using System.Diagnostics;

namespace CustomerService.Fuzz.Tests.Fuzzing;

/// <summary>Tries one target with inputs that depend on nothing but the seed and their numbers, so each can be had again.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Who has not come back after that never will; a machine that is merely busy is faster.</summary>
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(90);

    private const int Enough = 10;
    private const int Retries = 3;

    private int _number;

    /// <param name="number">Told before each input is tried: if the process dies, this one did it.</param>
    public async Task<FuzzReport> RunAsync(int first, int count, Action<int>? number = null)
    {
        var report = new FuzzReport(target.Name, seed);
        var running = Task.Run(async () =>
        {
            for (_number = first; _number < first + count && report.Findings.Count < Enough; _number++)
            {
                number?.Invoke(_number);
                await TryAsync(_number, report);
            }
        });

        for (var seen = -1; await Task.WhenAny(running, Task.Delay(Hung)) != running; seen = _number)
        {
            if (seen == _number)
            {
                report.Found(_number, $"it has not come back for {Hung.TotalSeconds:0} seconds");
                return report;
            }
        }

        await running;
        report.PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000;
        return report;
    }

    public byte[] Input(int number) => target.Make(new Random(Mixed(seed, number)));

    private async Task TryAsync(int number, FuzzReport report)
    {
        var input = Input(number);
        try
        {
            var (outcome, elapsed, allocated) = await MeasuredAsync(input);
            var length = outcome.Bytes ?? input.Length;
            var allowed = target.AllocatedAnyway + (target.AllocatedPerByte * length);
            // The machine may have been busy with something else, and what is used for the first time is made first: only what is always so counts.
            for (var again = 0; (elapsed > Longest || allocated > allowed) && again < Retries; again++)
            {
                var retried = await MeasuredAsync(input);
                (elapsed, allocated) = (retried.Elapsed < elapsed ? retried.Elapsed : elapsed, Math.Min(allocated, retried.Allocated));
            }

            report.Tried(number, outcome.What, length, elapsed, allocated);
            if (elapsed > Longest)
                report.Found(number, $"it takes {elapsed.TotalMilliseconds:0} ms for {length:N0} bytes");
            if (allocated > allowed)
                report.Found(number, $"it allocates {allocated:N0} bytes for {length:N0}");
        }
        catch (Exception fault)
        {
            report.Found(number, fault is FuzzFinding ? fault.Message : fault.ToString());
        }
    }

    private async Task<(FuzzOutcome Outcome, TimeSpan Elapsed, long Allocated)> MeasuredAsync(byte[] input)
    {
        var before = GC.GetTotalAllocatedBytes();
        var started = time.GetTimestamp();
        var outcome = await target.TryAsync(input);
        return (outcome, time.GetElapsedTime(started), GC.GetTotalAllocatedBytes() - before);
    }

    /// <summary>Neighbouring seeds of <see cref="Random"/> begin alike.</summary>
    private static int Mixed(int seed, int number)
    {
        var mixed = (((ulong)(uint)seed << 32) | (uint)number) + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)(mixed ^ (mixed >> 31));
    }
}
