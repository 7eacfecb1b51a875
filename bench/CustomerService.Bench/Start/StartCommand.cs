using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Start;

/// <summary><c>start</c>: how long the real program takes from its command until it is ready, with many conversations stored.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var conversations = CommonOptions.Number("--conversations", 100_000, 1, 10_000_000, "Stored conversations of five messages.");
        var times = CommonOptions.Number("--times", 5, 1, 100, "Starts with them, and as many with an empty folder.");
        var command = new Command("start", "Seconds from the command to \"Ready\", as a process of its own, with stored conversations and without.") { conversations, times };
        command.SetAction(async (parsed, cancellation) =>
        {
            Machine.Print($"start: the program with {parsed.GetValue(conversations)} stored conversations");
            using var full = new TemporaryFolder();
            await StoredConversations.WriteAsync(full.Path, parsed.GetValue(conversations), cancellation);
            Print($"  stored                 {new FileInfo(Path.Combine(full.Path, SqliteStore.FileName)).Length / 1e6:0} MB");
            var (empty, stored) = (new List<double>(), new List<double>());
            for (var n = 0; n < parsed.GetValue(times); n++)
            {
                using var fresh = new TemporaryFolder();
                empty.Add(await StartAsync(fresh.Path, cancellation));
                stored.Add(await StartAsync(full.Path, cancellation));
            }

            Print($"  seconds to ready       {new Samples(stored).MedianAndRange()}");
            Print($"  with an empty folder   {new Samples(empty).MedianAndRange()}");
            return 0;
        });
        return command;
    }

    /// <summary>Starts the program, waits until it says that it is ready, stops it.</summary>
    /// <returns>Seconds until then.</returns>
    private static async Task<double> StartAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "CustomerService.Silo.dll"), "run", "--data", folder, "--listen", "http://127.0.0.1:0", "--metrics-port", "0"])
            start.ArgumentList.Add(argument);

        var clock = Stopwatch.StartNew();
        using var program = Process.Start(start) ?? throw new CommandFailedException("dotnet could not be started.");
        var complaints = program.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (await program.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                if (line.StartsWith("Ready", StringComparison.Ordinal))
                    return clock.Elapsed.TotalSeconds;
            }
        }
        finally
        {
            // Also a start after a kill must be quick; nothing was accepted, so nothing is lost.
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
        }

        throw new CommandFailedException($"The program ended before it was ready: {await complaints}");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
