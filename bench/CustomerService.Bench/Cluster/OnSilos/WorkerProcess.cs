using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Silos;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Cluster.OnSilos;

/// <summary>A silo in a process of its own, with a share of the processor of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private ProcessorShare? _share;

    private WorkerProcess(Process process, int clientPort) => (_process, ClientPort) = (process, clientPort);

    public int ClientPort { get; }

    public static async Task<WorkerProcess> StartAsync(string database, int siloPort, int primaryPort)
    {
        var clientPort = SiloProcess.FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Where the program is started by the host (dotnet Program.dll), the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in new[] { WorkerCommand.Name, "--silo-port", Number(siloPort), "--client-port", Number(clientPort), "--primary-port", Number(primaryPort) })
            start.ArgumentList.Add(argument);
        start.Environment[WorkerCommand.DatabaseVariable] = database;
        var process = Process.Start(start)!;
        var worker = new WorkerProcess(process, clientPort);
        if (await process.StandardOutput.ReadLineAsync() == SiloWorker.Ready)
            return worker;
        await worker.DisposeAsync();
        throw new CommandFailedException("A silo did not start.");
    }

    /// <summary>Holds it to a share from now on, if the machine lets us.</summary>
    public void Hold(double processors) => _share = ProcessorShare.Give(_process.Id, processors);

    /// <summary>How many calls it has sent to other silos.</summary>
    public async Task<long> HopsAsync()
    {
        await _process.StandardInput.WriteLineAsync(SiloWorker.Hops);
        await _process.StandardInput.FlushAsync();
        return long.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new CommandFailedException("A silo has ended before its time."), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _share?.Dispose();
    }

    /// <summary>Lets it have what it wants again, so that it ends soon.</summary>
    private void Release() => _share?.Set(Environment.ProcessorCount);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
