using System.Globalization;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>Holds a directory for one process. The operating system lets go of it however the process ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream held;

    private DirectoryLock(FileStream held) => this.held = held;

    /// <exception cref="StoreOpenException">Another process holds the directory, or it can't be written.</exception>
    public static DirectoryLock Take(string directory)
    {
        // The holder's number is in a file of its own, because a file that is locked can't be read on every system.
        var holder = Path.Combine(directory, "lock.pid");
        try
        {
            Directory.CreateDirectory(directory);
            var held = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DirectoryLock(held);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StoreOpenException($"{directory} can't be written: give this user the right, or name another directory with --data.", refused);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(holder))
        {
            throw new StoreOpenException($"{directory} is in use by process {ReadHolder(holder)}: stop that process, or name another directory with --data.", taken);
        }
        catch (IOException fault)
        {
            throw new StoreOpenException($"{directory} can't be used: {fault.Message}", fault);
        }
    }

    public void Dispose() => held.Dispose();

    private static string ReadHolder(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
