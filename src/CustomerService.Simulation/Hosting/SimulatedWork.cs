using CustomerService.Grains.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>Does one type of outside work in virtual time.</summary>
public interface ISimulatedPerformer
{
    /// <summary>The type of work that it does; exactly this one.</summary>
    Type Handles { get; }

    /// <summary>Begins the work. Nothing is waited for here; the result is asked for when its time has passed.</summary>
    SimulatedWork Perform(GrainId origin, Work work);
}

/// <summary>Work under way.</summary>
/// <param name="Takes">How long it takes; <see cref="Timeout.InfiniteTimeSpan"/>: it hangs until its time limit.</param>
/// <param name="Result">Called when it is done. Gives the command that tells the result; null when there is nothing to tell. An exception is a failed attempt.</param>
public readonly record struct SimulatedWork(TimeSpan Takes, Func<Command?> Result);
