using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.InProcess;

/// <summary>
/// The way in from outside. It refuses at once what would only wait, so that what was let in is answered soon; commands
/// between grains do not come this way and are never refused.
/// </summary>
internal sealed class Door : IGrainClient
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private readonly InProcessHost host;
    private readonly InProcessOptions options;
    private readonly Action leave;
    private int within;
    private volatile bool isOpen;

    public Door(InProcessHost host, InProcessOptions options)
    {
        this.host = host;
        this.options = options;
        leave = () => Interlocked.Decrement(ref within);
    }

    public void Open() => isOpen = true;

    public void Close() => isOpen = false;

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        if (!isOpen)
            throw Refuse("The system is starting or shutting down; try again in a few seconds.", Later);
        if (command is not Query && host.WorkBacklog >= options.MaxWorkBacklog)
            throw Refuse("Too much work waits to be done; try again in a few seconds.", Later);
        if (host.WaitingFor(grain) >= options.MaxWaitingCommands)
            throw Refuse($"Too many commands wait for {grain}; try again in a second.", Soon);
        if (Interlocked.Increment(ref within) > options.MaxAsks)
        {
            leave();
            throw Refuse($"{options.MaxAsks} commands are under way; try again in a second.", Soon);
        }

        return host.PostAsync(grain, command, leave, cancellation);
    }

    private static HostBusyException Refuse(string why, TimeSpan retryAfter)
    {
        RuntimeInstruments.Refused.Add(1);
        return new HostBusyException(why, retryAfter);
    }
}
