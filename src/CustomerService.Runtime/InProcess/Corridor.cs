using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.InProcess;

/// <summary>The way between grains, and for the system's own parts: what was accepted once is never refused further in.</summary>
internal sealed class Corridor(InProcessHost host) : IGrainClient
{
    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) =>
        host.PostAsync(grain, command, settled: null, cancellation);
}
