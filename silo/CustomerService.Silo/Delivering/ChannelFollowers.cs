using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Delivering;

/// <summary>
/// Has each account followed that has to be, such as a mailbox: each by itself, so that one that hangs delays no other, and by one process of a cluster at a time. An
/// account that an edit of <c>channels.yaml</c> closes is left, and one that it opens is begun with.
/// </summary>
/// <param name="duty">The duty of that name.</param>
internal sealed partial class ChannelFollowers(
    ChannelAccounts accounts, IChannelIntake intake, Func<string, IDuty> duty, TimeProvider time, ILogger<ChannelFollowers> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<IFollowingAccount, (CancellationTokenSource Stop, Task Task)> _followed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stoppingToken.Register(() => stopped.TrySetResult());
        accounts.Changed += Look;
        Look();
        await stopped.Task;
        accounts.Changed -= Look;
        await LeaveAllAsync();

        void Look() => Follow(stoppingToken);
    }

    private void Follow(CancellationToken stopping)
    {
        lock (_gate)
        {
            if (stopping.IsCancellationRequested)
                return;
            var wanted = accounts.All.OfType<IFollowingAccount>().ToHashSet();
            foreach (var (account, following) in _followed.Where(each => !wanted.Contains(each.Key)).ToList())
            {
                _followed.Remove(account);
                following.Stop.Cancel();
            }

            foreach (var account in wanted.Where(account => !_followed.ContainsKey(account)))
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                _followed[account] = (stop, duty(account.Name).WhileHeldAsync(cancellation => FollowAsync(account, cancellation), stop.Token));
            }
        }
    }

    private async Task FollowAsync(IFollowingAccount account, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await account.FollowAsync(intake, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A bug in one account must not end the others, nor this one for good.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFault(fault, account.Name);
                await Task.Delay(AfterFault, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LeaveAllAsync()
    {
        List<Task> tasks;
        lock (_gate)
            tasks = [.. _followed.Values.Select(each => each.Task)];
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogLevel.Error, "{Account} can't be followed; it is tried again soon")]
    private partial void LogFault(Exception fault, string account);
}
