using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Turns;

/// <summary>A command on its way to its grain, and the promise of its answer.</summary>
public sealed class Ask(Command command) : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private Reply? reply;
    private Exception? fault;

    public Command Command => command;

    /// <summary>When it reached its grain's host, as a timestamp of the host's time provider.</summary>
    internal long Arrived { get; init; }

    /// <summary>Called once, when the outcome is known, also when nobody waits for it any more.</summary>
    internal Action? Settled { get; init; }

    /// <summary>What went wrong when the grain handled it; null while nothing did.</summary>
    internal Exception? Fault => fault;

    internal bool IsRefused => reply is Refused;

    /// <summary>Notes the outcome. Nobody sees it before <see cref="Settle"/>.</summary>
    internal void Decide(Reply decided) => (reply, fault) = (decided, null);

    /// <inheritdoc cref="Decide(Reply)"/>
    internal void Decide(Exception decided) => (reply, fault) = (null, decided);

    /// <summary>Lets the asker see the outcome.</summary>
    internal void Settle()
    {
        if (fault is not null ? TrySetException(fault) : TrySetResult(reply!))
            Settled?.Invoke();
    }
}
