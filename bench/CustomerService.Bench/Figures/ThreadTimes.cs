using System.Globalization;

namespace CustomerService.Bench.Figures;

/// <summary>Processor time of this process by what its threads are for, as far as the system tells (Linux does).</summary>
internal sealed class ThreadTimes
{
    private const string Tasks = "/proc/self/task";

    private readonly Dictionary<string, double> _microseconds = new(StringComparer.Ordinal);

    public static ThreadTimes Read()
    {
        var times = new ThreadTimes();
        foreach (var task in Directory.Exists(Tasks) ? Directory.GetDirectories(Tasks) : [])
        {
            try
            {
                if (Role(File.ReadAllText(Path.Combine(task, "comm")).Trim()) is not { } name)
                    continue;
                var nanoseconds = double.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
                times._microseconds[name] = times._microseconds.GetValueOrDefault(name) + (nanoseconds / 1_000);
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return times;
    }

    /// <summary>What of the processor time since an earlier reading went where, a message.</summary>
    /// <param name="whole">The process's processor time in between. What no thread of a known name used went to the thread pool, whose threads come and go.</param>
    public string Since(ThreadTimes earlier, TimeSpan whole, int messages)
    {
        var used = _microseconds.Select(time => (Role: time.Key, Time: time.Value - earlier._microseconds.GetValueOrDefault(time.Key))).ToList();
        used.Add(("grains and pipeline", whole.TotalMicroseconds - used.Sum(time => time.Time)));
        return string.Join(", ", used
            .OrderByDescending(time => time.Time)
            .Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.Role} {time.Time / messages:0}")));
    }

    /// <summary>By the names that the runtime gives its threads, which the system cuts at 15 characters; null for the others.</summary>
    private static string? Role(string thread) => thread switch
    {
        "sqlite-writer" => "store's writer",
        ".NET Tiered Com" => "compiler",
        _ when thread.Contains("GC", StringComparison.Ordinal) => "garbage collection",
        _ => null,
    };
}
