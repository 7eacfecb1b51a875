using System.Text.Json.Serialization;

namespace CustomerService.Grains.Turns;

/// <summary>
/// What one grain is asked to do. Each grain's folder adds its own commands to this closed set (see the partial
/// declarations beside them), so that commands can be stored, parked and sent between machines as JSON.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(WorkFailed), "runtime.work_failed")]
public abstract partial record Command
{
    /// <summary>
    /// The sender's own key for this intention: sent again with the same key, a command changes nothing and gets
    /// the first outcome. A command told by another grain gets its effect's id from the runtime.
    /// </summary>
    public string Id { get; init; } = "";
}

/// <summary>A command that only reads: its turn may return no new state and no effects.</summary>
public abstract record Query : Command;

/// <summary>Outside work ended in failure after its last attempt, or was given up. Sent by the runtime to the grain that asked for it.</summary>
/// <param name="Work">The work that failed.</param>
/// <param name="Reason">The fault, in one line, fit for an operator.</param>
public sealed record WorkFailed(Work Work, string Reason) : Command;
