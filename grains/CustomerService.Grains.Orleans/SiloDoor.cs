using CustomerService.Grains.Turns;
using CustomerService.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>Refuses at once what comes from outside and would only wait. Commands between grains never come this way.</summary>
internal sealed class SiloDoor(OrleansOptions options, Func<int> workBacklog)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private int within;

    /// <exception cref="HostBusyException">There is too much to do; nothing was done.</exception>
    public void Enter(GrainId grain, Command command, int waiting)
    {
        if (command is not Query && workBacklog() >= options.MaxWorkBacklog)
            throw Refuse("Too much work waits to be done; try again in a few seconds.", Later);
        if (waiting >= options.MaxWaitingCommands)
            throw Refuse($"Too many commands wait for {grain}; try again in a second.", Soon);
        if (Interlocked.Increment(ref within) > options.MaxAsks)
        {
            Leave();
            throw Refuse($"{options.MaxAsks} commands are under way; try again in a second.", Soon);
        }
    }

    /// <summary>What was let in has been answered.</summary>
    public void Leave() => Interlocked.Decrement(ref within);

    private static HostBusyException Refuse(string why, TimeSpan retryAfter)
    {
        RuntimeInstruments.Refused.Add(1);
        return new HostBusyException(why, retryAfter);
    }
}
