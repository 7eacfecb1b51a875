using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace CustomerService.Tests;

/// <summary>The real program as a process of its own.</summary>
internal sealed partial class SiloProgram : IAsyncDisposable
{
    /// <summary>It bounds a hang and judges nothing: on a machine that others share a start has taken half a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private SiloProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that it printed so far.</summary>
    public string Output => string.Join('\n', _output);

    public int Id => _process.Id;

    /// <summary>Starts the program; nothing is waited for.</summary>
    public static SiloProgram Start(params IEnumerable<string> args) => Start([], args);

    /// <summary>The same with environment variables of its own; the tests' own environment says nothing to it.</summary>
    public static SiloProgram Start(IReadOnlyCollection<KeyValuePair<string, string>> environment, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CustomerService.Silo.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CUSTOMERSERVICE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new SiloProgram(new Process { StartInfo = start });
    }

    /// <summary>Starts <c>run</c> on this folder and port, and waits until it is ready.</summary>
    public static async Task<SiloProgram> RunAsync(string data, int port, params IEnumerable<string> more)
    {
        var program = Start(["run", "--data", data, "--listen", $"http://127.0.0.1:{port}", "--metrics-port", "0", .. more]);
        await program.WaitForLineAsync(ReadyLine());
        return program;
    }

    /// <summary>Waits for a line like this; fails with the whole output when the program ends before.</summary>
    public async Task<string> WaitForLineAsync(Regex pattern)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
            {
                if (pattern.IsMatch(line))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no line like '{pattern}' within {Patience}. It printed:\n{Output}");
        }

        throw new InvalidOperationException($"the program ended without a line like '{pattern}'. It printed:\n{Output}");
    }

    /// <summary>SIGKILL, at once.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>SIGSTOP: it does nothing until <see cref="ThawAsync"/>, and its connections stay open.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("^Ready")]
    public static partial Regex ReadyLine();

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
            return;
        }

        _output.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }
}
