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
                var name = Role(File.ReadAllText(Path.Combine(task, "comm")).Trim());
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

    /// <summary>What was used since an earlier reading, a message, the most first.</summary>
    public string Since(ThreadTimes earlier, int messages) => string.Join(", ", _microseconds
        .Select(time => (Role: time.Key, Used: (time.Value - earlier._microseconds.GetValueOrDefault(time.Key)) / messages))
        .Where(time => time.Used >= 1)
        .OrderByDescending(time => time.Used)
        .Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.Role} {time.Used:0}")));

    /// <summary>By the names that the runtime gives its threads, which the system cuts at 15 characters.</summary>
    private static string Role(string thread) => thread switch
    {
        "sqlite-writer" => "store's writer",
        ".NET TP Worker" => "grains and pipeline",
        ".NET Tiered Com" => "compiler",
        _ when thread.Contains("GC", StringComparison.Ordinal) => "garbage collection",
        _ => "others",
    };
}
