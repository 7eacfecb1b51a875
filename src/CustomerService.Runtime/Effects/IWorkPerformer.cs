using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Effects;

/// <summary>Does one type of outside work: runs the pipeline, calls a CRM.</summary>
/// <remarks>
/// Work is done at least once: after a crash, or after an attempt that failed half-way, it is done again. Several run at the
/// same time, of different grains and (when a grain asked for several) of one grain.
/// </remarks>
public interface IWorkPerformer
{
    /// <summary>The type of work that it does; exactly this one.</summary>
    Type Handles { get; }

    /// <summary>Does the work. Any exception is a failed attempt, and is tried again.</summary>
    /// <param name="origin">The grain that asked for it.</param>
    /// <param name="cancellation">Ends when the attempt has used up its time, or the host stops.</param>
    /// <returns>The command that tells the result to <paramref name="origin"/>; null when there is nothing to tell.</returns>
    ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation);
}
