using System.Diagnostics;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Doors;

/// <summary>A part of a measurement in a process of its own: this program again, asked line by line. It ends when its input does, so also when we are killed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, string first) => (_process, First) = (process, first);

    /// <summary>What it said when it was ready.</summary>
    public string First { get; }

    /// <summary>What it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="secrets">What is not for the command line, which everybody can read.</param>
    /// <exception cref="CommandFailedException">It ended before it was ready; it said why on standard error.</exception>
    public static async Task<ChildProcess> StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Where the program is started by the host (dotnet Program.dll), the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in secrets)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        return new ChildProcess(process, await NextLineAsync(process, cancellation));
    }

    /// <summary>What it answers to a line.</summary>
    /// <exception cref="CommandFailedException">It ended instead; it said why on standard error.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        return await NextLineAsync(_process, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> NextLineAsync(Process process, CancellationToken cancellation) =>
        await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new CommandFailedException("A process of the measurement has ended before its time.");
}
