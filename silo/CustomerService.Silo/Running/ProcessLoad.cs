using System.Diagnostics;

namespace CustomerService.Silo.Running;

/// <summary>How much of the machine this process uses.</summary>
internal sealed class ProcessLoad(TimeProvider time)
{
    private readonly Lock _lock = new();
    private (long At, TimeSpan Used) _last = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public static DateTimeOffset StartedAt { get; } = ReadStart();

    public static double MemoryMegabytes => Math.Round(Environment.WorkingSet / 1_000_000.0);

    /// <summary>The share of all processors, 0 to 100, since it was asked last (or made).</summary>
    public double? CpuPercent()
    {
        lock (_lock)
        {
            var (now, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var passed = time.GetElapsedTime(_last.At, now) * Environment.ProcessorCount;
            var share = passed > TimeSpan.Zero ? Math.Clamp(100 * ((used - _last.Used) / passed), 0, 100) : (double?)null;
            _last = (now, used);
            return share is { } percent ? Math.Round(percent, 1) : null;
        }
    }

    private static DateTimeOffset ReadStart()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUniversalTime();
    }
}
