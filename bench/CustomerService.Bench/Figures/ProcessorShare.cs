using System.Globalization;

namespace CustomerService.Bench.Figures;

/// <summary>Holds a process to a share of the processors, by a control group (Linux, of either version, for a user who may make one).</summary>
internal sealed class ProcessorShare : IDisposable
{
    private const int PeriodMicroseconds = 20_000;
    private const string First = "/sys/fs/cgroup/cpu";
    private const string Second = "/sys/fs/cgroup";

    private readonly string _folder;
    private readonly bool _isFirst;

    private ProcessorShare(string folder, bool isFirst) => (_folder, _isFirst) = (folder, isFirst);

    /// <summary>Whether this machine lets us.</summary>
    public static bool IsPossible
    {
        get
        {
            using var share = Give(null, 1);
            return share is not null;
        }
    }

    /// <param name="processors">Such as 0.25.</param>
    /// <returns>Null where the machine does not let us. Dispose of it when the process has ended.</returns>
    public static ProcessorShare? Give(int? process, double processors)
    {
        var isFirst = File.Exists(Path.Combine(First, "cpu.cfs_quota_us"));
        var share = new ProcessorShare(Path.Combine(isFirst ? First : Second, $"customerservice-bench-{Environment.ProcessId}-{process ?? 0}"), isFirst);
        try
        {
            Directory.CreateDirectory(share._folder);
            share.Set(processors);
            if (process is { } id)
                share.Write("cgroup.procs", id.ToString(CultureInfo.InvariantCulture));
            return share;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes it another share.</summary>
    public void Set(double processors)
    {
        var quota = (int)(processors * PeriodMicroseconds);
        if (_isFirst)
        {
            Write("cpu.cfs_period_us", PeriodMicroseconds.ToString(CultureInfo.InvariantCulture));
            Write("cpu.cfs_quota_us", quota.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Write("cpu.max", string.Create(CultureInfo.InvariantCulture, $"{quota} {PeriodMicroseconds}"));
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody is still in it; an empty group costs nothing.
        }
    }

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(_folder, file), value);
}
