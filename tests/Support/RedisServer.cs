using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerService.Tests;

/// <summary>A real Redis server of our own with an append-only file, on a free port of this machine, gone after the tests. It exists only where its program does.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private string folder = "";
    private Process? server;

    /// <summary>Where it listens, also while it is stopped.</summary>
    public IPEndPoint Address { get; } = new(IPAddress.Loopback, FreePort());

    /// <summary>Its address as the program takes it: <c>redis://127.0.0.1:port</c>.</summary>
    public string Url => $"redis://{Address}";

    public async Task InitializeAsync()
    {
        if (Requires.RedisServer is null)
            return;
        folder = Directory.CreateTempSubdirectory("redis-test-").FullName;
        await StartAsync();
    }

    public bool IsRunning => server is not null;

    /// <summary>Starts it, or starts it again with what it had written; returns when it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Requires.RedisServer!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in new[]
                 {
                     "--port", Address.Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder,
                     "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--daemonize", "no",
                 })
            start.ArgumentList.Add(argument);

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new StringBuilder();
        server = new Process { StartInfo = start, EnableRaisingEvents = true };
        server.OutputDataReceived += (_, line) =>
        {
            if (ready.Task.IsCompleted)
                return;
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException($"redis-server did not start: {said}"));
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult();
            else
                said.AppendLine(line.Data);
        };
        server.Start();
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await ready.Task;
    }

    /// <summary>Ends it in good order.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it as a crash does.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>It keeps its connections and answers nothing until <see cref="ThawAsync"/>.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Loses all that it holds, as a server that was started again without its files.</summary>
    public async Task FlushAsync() => Expect("+OK", await SendAsync("FLUSHALL"));

    /// <summary>Sends one command in Redis' inline form.</summary>
    /// <returns>The first line of the answer, as it comes: <c>+OK</c>, <c>:3</c>, <c>-ERR …</c>.</returns>
    public async Task<string> SendAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync() ?? throw new EndOfStreamException("redis-server closed the connection.");
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await KillAsync();
        if (folder.Length > 0)
            Directory.Delete(folder, recursive: true);
    }

    private async Task EndAsync(string signal)
    {
        await SignalAsync(signal);
        await server!.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    private async Task SignalAsync(string signal)
    {
        var id = (server ?? throw new InvalidOperationException("redis-server does not run.")).Id;
        using var kill = Process.Start("kill", [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"kill -{signal} {id} failed.");
    }

    private static void Expect(string expected, string answer)
    {
        if (answer != expected)
            throw new InvalidOperationException($"redis-server answered '{answer}', not '{expected}'.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
