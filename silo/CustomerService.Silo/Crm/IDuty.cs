namespace CustomerService.Silo.Crm;

/// <summary>Work of the whole system that one process does at a time.</summary>
internal interface IDuty
{
    /// <summary>How often to look for what other processes did; null where there are none.</summary>
    TimeSpan? LookEvery { get; }

    /// <summary>Does the work whenever the duty is this process's, until it stops. The work is cancelled when the duty goes elsewhere, and may begin again.</summary>
    Task WhileHeldAsync(Func<CancellationToken, Task> work, CancellationToken stopping);
}

/// <summary>The duty of a process that is the whole system.</summary>
internal sealed class OnlyProcess : IDuty
{
    public TimeSpan? LookEvery => null;

    public Task WhileHeldAsync(Func<CancellationToken, Task> work, CancellationToken stopping) => work(stopping);
}
