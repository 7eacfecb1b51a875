using System.Globalization;
using CustomerService.Runtime;

namespace CustomerService.Silo.Composition;

/// <summary>The time that the system goes by: this machine's clock, without its jumps.</summary>
internal static class MachineTime
{
    private const string Uptime = "/proc/uptime";

    // On Linux timestamps stand still while a machine sleeps, and its uptime goes on.
    public static TimeProvider Create() => new SteadyTime(TimeProvider.System, File.Exists(Uptime) ? SinceBoot : null);

    private static TimeSpan SinceBoot() =>
        TimeSpan.FromSeconds(double.Parse(File.ReadAllText(Uptime).Split(' ')[0], CultureInfo.InvariantCulture));
}
