using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace CustomerService.Bench.Figures;

/// <summary>Where and on what a figure was measured; printed beside every one, for without it a figure means nothing.</summary>
internal static class Machine
{
    public static void Print(string what)
    {
        Console.WriteLine(what);
        Console.WriteLine($"  machine     {Environment.ProcessorCount} cores ({Processor()}), load {LoadAverage()}, temporary folder on {FileSystem()}");
        Console.WriteLine($"  runtime     {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC ({GCSettings.LatencyMode})");
        Console.WriteLine($"  commit      {Commit()}");
    }

    /// <summary>Mean number of running tasks over 1, 5 and 15 minutes; "unknown" where the system does not tell.</summary>
    public static string LoadAverage() => FirstLine("/proc/loadavg") is { } line ? string.Join(' ', line.Split(' ')[..3]) : "unknown";

    private static string Processor()
    {
        const string Cpuinfo = "/proc/cpuinfo";
        var name = File.Exists(Cpuinfo) ? File.ReadLines(Cpuinfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return name?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string FileSystem()
    {
        var folder = Path.GetFullPath(Path.GetTempPath());
        var drive = DriveInfo.GetDrives()
            .Where(drive => drive.IsReady && folder.StartsWith(drive.RootDirectory.FullName, StringComparison.Ordinal))
            .MaxBy(drive => drive.RootDirectory.FullName.Length);
        return drive?.DriveFormat ?? "an unknown file system";
    }

    private static string Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = AppContext.BaseDirectory,
            });
            var name = git?.StandardOutput.ReadToEnd().Trim();
            return string.IsNullOrEmpty(name) ? "unknown" : name;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return "unknown";
        }
    }

    private static string? FirstLine(string path) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
}
