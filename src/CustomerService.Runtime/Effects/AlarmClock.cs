using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Effects;

/// <summary>Tells alarms when they are due. They stay in the store; in memory there is one timer, for the earliest.</summary>
internal sealed class AlarmClock : IDisposable
{
    private const int Page = 256;
    private const int MaxRinging = 256;

    private static readonly TimeSpan RetryAfterFault = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private readonly Courier courier;
    private readonly ITimer timer;
    private readonly SemaphoreSlim places = new(MaxRinging);
    private readonly TaskTracker tasks = new();

    // Told, or being told: a sweep passes over them. Those that are durably ticked off are forgotten only when the next sweep
    // begins, because the one that runs may still have them in the page that it read.
    private readonly HashSet<(GrainId Grain, string Name, long Version)> ringing = [];
    private readonly List<(GrainId Grain, string Name, long Version)> finished = [];
    private DateTimeOffset armedFor = DateTimeOffset.MaxValue;
    private bool isOpen;
    private bool isSweeping;
    private bool sweepAgain;

    public AlarmClock(Courier courier)
    {
        this.courier = courier;
        timer = courier.Environment.Time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeProvider Time => courier.Environment.Time;

    public void Open()
    {
        lock (gate)
            isOpen = true;
        Sweep();
    }

    public void Close()
    {
        lock (gate)
        {
            isOpen = false;
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Takes note that an alarm was set, and arms the timer when it is now the earliest.</summary>
    public void Set(DateTimeOffset due)
    {
        lock (gate)
        {
            if (!isOpen || due >= armedFor)
                return;
            armedFor = due;
            var wait = due - Time.GetUtcNow();
            // A timer takes at most some weeks; a longer wait is looked at again then.
            timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(20) ? TimeSpan.FromDays(20) : wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends when no alarm is being told.</summary>
    public Task WhenIdleAsync() => tasks.WhenIdleAsync();

    public void Dispose()
    {
        timer.Dispose();
        places.Dispose();
    }

    private void Sweep()
    {
        lock (gate)
        {
            sweepAgain = true;
            if (isSweeping || !isOpen)
                return;
            isSweeping = true;
        }

        tasks.Run(SweepAsync);
    }

    private async Task SweepAsync()
    {
        while (true)
        {
            lock (gate)
            {
                if (!sweepAgain || !isOpen)
                {
                    isSweeping = false;
                    return;
                }

                ringing.ExceptWith(finished);
                finished.Clear();
                sweepAgain = false;
                armedFor = DateTimeOffset.MaxValue;
            }

            try
            {
                var now = Time.GetUtcNow();
                await TellDueAsync(now);
                if (await courier.Environment.Store.NextAlarmAsync(now) is { } next)
                    Set(next);
            }
            catch (StoreUnavailableException fault)
            {
                courier.Environment.Logger.LogWarning(fault, "Alarms can't be read; trying again soon");
                Set(Time.GetUtcNow() + RetryAfterFault);
            }
            catch (OperationCanceledException)
            {
                // The host stops; the alarms stay stored.
            }
        }
    }

    private async Task TellDueAsync(DateTimeOffset now)
    {
        StoredAlarm? last = null;
        IReadOnlyList<StoredAlarm> page;
        do
        {
            page = await courier.Environment.Store.ReadAlarmsAsync(now, last, Page, courier.Stopping);
            foreach (var alarm in page)
            {
                lock (gate)
                {
                    if (!isOpen)
                        return;
                    if (!ringing.Add((alarm.Grain, alarm.Name, alarm.Version)))
                        continue;
                }

                await places.WaitAsync(courier.Stopping);
                tasks.Run(() => TellAsync(alarm));
            }

            last = page.Count > 0 ? page[^1] : last;
        }
        while (page.Count == Page);
    }

    private async Task TellAsync(StoredAlarm alarm)
    {
        try
        {
            var command = courier.Environment.Format.ReadCommand(alarm.Body);
            if (!await courier.BringAsync(alarm.Grain, command with { Id = $"{alarm.Name}@{alarm.Due:O}" }))
                return;
        }
        catch (System.Text.Json.JsonException fault)
        {
            // It stays stored, and among those that ring, so that it is not read again before the next start.
            courier.Environment.Logger.LogError(fault, "Alarm {Alarm} of {Grain} can't be read", alarm.Name, alarm.Grain);
            return;
        }
        finally
        {
            places.Release();
        }

        courier.Environment.Reached?.Invoke(TurnStep.EffectCarriedOut, alarm.Grain);
        _ = ForgetWhenFinishedAsync(alarm);
    }

    private async Task ForgetWhenFinishedAsync(StoredAlarm alarm)
    {
        try
        {
            await courier.Environment.Store.FinishAsync(alarm);
        }
        catch (StoreUnavailableException)
        {
            // The store was closed: it is told again after the next start.
        }

        lock (gate)
            finished.Add((alarm.Grain, alarm.Name, alarm.Version));
    }
}
