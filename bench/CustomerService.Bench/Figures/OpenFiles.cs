using System.Globalization;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Figures;

/// <summary>How many files one process may have open; a socket is one.</summary>
internal static class OpenFiles
{
    /// <summary>What a process of ours has open besides.</summary>
    private const int Others = 400;

    /// <exception cref="CommandFailedException">The machine doesn't let one process have so many.</exception>
    public static void Require(int sockets)
    {
        // The runtime itself raises the soft limit to the hard one.
        const string Limits = "/proc/self/limits";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        if (line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4] is { } hard && int.TryParse(hard, CultureInfo.InvariantCulture, out var most) && most < sockets + Others)
        {
            throw new CommandFailedException(
                $"{sockets} sockets need {sockets + Others} open files in one process, and this machine lets one have {most}. Raise the hard limit (ulimit -Hn {sockets + Others} as root, or LimitNOFILE=), or measure with --sockets {most - Others}.",
                SiloCommandLine.WrongUse);
        }
    }
}
