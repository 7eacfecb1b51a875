using System.Globalization;

namespace CustomerService.Bench.Database;

/// <summary>Processor time of a process and of all that it has started, as far as the system tells (Linux does).</summary>
internal static class ProcessTree
{
    // The kernel tells times in ticks of a hundredth of a second, whatever its own clock does.
    private const double TickMilliseconds = 10;

    /// <returns>Null where the system does not tell.</returns>
    public static TimeSpan? Processor(int process)
    {
        if (!Directory.Exists("/proc/self"))
            return null;
        double ticks = 0;
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                // The name in brackets may have blanks; what follows it has none.
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                // Its own (user, system) and, for the first, those of its children that have ended.
                if (id == process)
                    ticks += Sum(fields, 11, 14);
                else if (int.Parse(fields[1], CultureInfo.InvariantCulture) == process)
                    ticks += Sum(fields, 11, 12);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return TimeSpan.FromMilliseconds(ticks * TickMilliseconds);
    }

    private static double Sum(string[] fields, int first, int last) =>
        fields[first..(last + 1)].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
}
