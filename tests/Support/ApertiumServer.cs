using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerService.Tests;

/// <summary>A real Apertium APY of our own with the pairs that are installed, on a free port of this machine, gone after the tests. It exists only where its program does.</summary>
public sealed class ApertiumServer : IAsyncLifetime
{
    private Process? server;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}/");

    public async Task InitializeAsync()
    {
        if (Requires.Apertium is null)
            return;
        var start = new ProcessStartInfo(Requires.Apertium) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in new[] { "-p", Address.Port.ToString(CultureInfo.InvariantCulture), "-j", "1", Requires.ApertiumPairs })
            start.ArgumentList.Add(argument);

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new StringBuilder();
        server = new Process { StartInfo = start, EnableRaisingEvents = true };
        server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException($"apertium-apy did not start: {said}"));
            else if (line.Data.Contains("Serving on", StringComparison.Ordinal))
                ready.TrySetResult();
            else if (!ready.Task.IsCompleted)
                said.AppendLine(line.Data);
        };
        server.Start();
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await ready.Task;
    }

    public async Task DisposeAsync()
    {
        if (server is null)
            return;
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
