using CustomerService.Grains.Orleans.Wire;
using CustomerService.Runtime.Turns;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>
/// A grain in Orleans: a place in the cluster, and one turn at a time. The turn itself is run by the algorithm that every
/// host shares; should two activations of one grain exist for a moment, the stale one loses at the store's version check
/// and reloads.
/// </summary>
internal abstract class TurnGrain(string kind, SiloTurns turns) : global::Orleans.Grain, ITurnGrain
{
    private Activation? activation;

    public async Task<WireAnswer> Ask(WireCommand command)
    {
        activation ??= turns.Activate(new GrainId(kind, this.GetPrimaryKeyString()));
        var ask = new Ask(command.ToCommand());
        await activation.RunAsync(new[] { ask });
        if (activation.IsUncertain)
            DelayDeactivation(SiloTurns.UncertaintyLimit);

        try
        {
            return WireAnswer.Of(await ask.Task);
        }
        catch (Exception fault) when (WireAnswer.Of(fault) is not null)
        {
            return WireAnswer.Of(fault)!;
        }
    }
}
