using System.Globalization;
using System.Runtime;

namespace CustomerService.Bench.Memory;

/// <summary>How much memory the process holds, after everything that is garbage is gone.</summary>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of the process's own pages in memory, without mapped files where the system tells them apart.</param>
internal readonly record struct MemoryReading(long Managed, long Resident)
{
    public static MemoryReading Take()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new MemoryReading(GC.GetTotalMemory(forceFullCollection: false), ResidentBytes());
    }

    private static long ResidentBytes()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)) is { } line)
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return Environment.WorkingSet;
    }
}
