using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>Signs go one way to the grain that they are about, and from there to the processes that follow it, the sender's among them.</summary>
internal sealed class ClusterHints(IGrainFactory grains, Follows follows) : IHints
{
    public void Send(GrainId grain, string hint)
    {
        try
        {
            grains.TurnGrainOf(grain).Hint(new WireHint { Grain = grain.ToString(), Hint = hint }).Ignore();
        }
        catch (Exception fault) when (fault is OrleansException or InvalidOperationException)
        {
            // There is no connection to the cluster: the sign is lost, as signs may be.
        }
    }

    public IDisposable Listen(GrainId grain, Action<string> onHint) => new Listening(follows.Hints.Listen(grain, onHint), follows.Hold(grain));
}
