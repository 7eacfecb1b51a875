using CustomerService.Channels.Health;

namespace CustomerService.AgentConsole.Operations;

/// <summary>Something that an operator should look at.</summary>
/// <param name="IsBad">Red: customers or work suffer. Else it is worth a look.</param>
/// <param name="Word">A key of the words, which <paramref name="Values"/> fill.</param>
/// <param name="Part">Where on the page it stands.</param>
internal sealed record Trouble(bool IsBad, string Word, string Part, params object?[] Values);

/// <summary>What is wrong in a picture of the system, the worst first.</summary>
internal static class Troubles
{
    /// <summary>Waiting work beyond this for each process is more than a burst.</summary>
    private const int MuchWork = 100;

    /// <summary>A disk that syncs more slowly than this makes everybody wait.</summary>
    private const double SlowDiskMilliseconds = 250;

    private const long LittleSpace = 1L << 30;

    public static IReadOnlyList<Trouble> Of(OperationsPicture picture) =>
        [.. Processes(picture).Concat(Store(picture)).Concat(Work(picture)).Concat(Channels(picture)).Concat(Services(picture)).OrderByDescending(trouble => trouble.IsBad)];

    private static IEnumerable<Trouble> Processes(OperationsPicture picture)
    {
        foreach (var silo in picture.Cluster.Silos)
        {
            if (silo.Status is "not_answering")
                yield return new Trouble(true, "operations.trouble_silent", "processes", silo.Name);
        }

        foreach (var gone in picture.Cluster.Gone)
            yield return new Trouble(false, "operations.trouble_gone", "processes", gone.Name, picture.Cluster.Silos.Count(silo => silo.Status == "active"));

        if (!picture.Cluster.Silos.Any(silo => silo.Status == "active"))
            yield return new Trouble(true, "operations.trouble_no_process", "processes");
    }

    private static IEnumerable<Trouble> Store(OperationsPicture picture)
    {
        if (picture.Store.Free is < LittleSpace and var free)
            yield return new Trouble(true, "operations.trouble_space", "store", Sizes.Of(free));
        if (picture.Process.Commits is { Count: > 0, P99Milliseconds: > SlowDiskMilliseconds } slow)
            yield return new Trouble(false, "operations.trouble_disk", "store", Sizes.Milliseconds(slow.P99Milliseconds));
    }

    private static IEnumerable<Trouble> Work(OperationsPicture picture)
    {
        if (picture.Cluster.ParkedCommands > 0)
            yield return new Trouble(true, "operations.trouble_parked", "parked", picture.Cluster.ParkedCommands);
        if (picture.Mails.Length > 0)
            yield return new Trouble(true, "operations.trouble_mails", "mails", picture.Mails.Length);
        if (picture.Cluster.AlarmsDue > 0)
            yield return new Trouble(false, "operations.trouble_alarms", "work", picture.Cluster.AlarmsDue);
        if (picture.WorkBacklog > MuchWork * Math.Max(1, picture.Cluster.Silos.Length))
            yield return new Trouble(false, "operations.trouble_backlog", "work", picture.WorkBacklog);
    }

    private static IEnumerable<Trouble> Channels(OperationsPicture picture) =>
        from account in picture.Channels
        where account.State != AccountStatus.Open
        select new Trouble(true, account.State == AccountStatus.Paused ? "operations.trouble_paused" : "operations.trouble_broken", "channels", account.Account, account.Why);

    private static IEnumerable<Trouble> Services(OperationsPicture picture) =>
        from circuit in picture.Process.Circuits
        where circuit.IsOpen
        select new Trouble(true, "operations.trouble_circuit", "services", circuit.Name);
}
