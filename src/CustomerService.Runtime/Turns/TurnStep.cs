using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Turns;

/// <summary>The steps of a turn and of what follows it, between which a process may be killed.</summary>
internal enum TurnStep
{
    Loaded,
    Handled,
    Committed,
    Replied,
    EffectCarriedOut,
}

/// <summary>Called as each step is reached; tests kill the process there.</summary>
internal delegate void StepReached(TurnStep step, GrainId grain);
