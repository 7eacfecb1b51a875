using System.Collections.Immutable;

namespace CustomerService.Pipelines.Actions;

/// <summary>
/// One kind of step that a pipeline can name in <c>action:</c>. An action computes; what is to be done for good it
/// puts into the run's <see cref="RunDraft"/>, which is committed once, at the end of the run.
/// </summary>
public interface IPipelineAction
{
    ActionContract Contract { get; }

    /// <summary>Runs the step. Faults are exceptions; the task's error policy decides what they mean.</summary>
    ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation);
}

/// <summary>What an action takes and gives: pipelines are checked against it before anything runs.</summary>
/// <param name="Name">The word after <c>action:</c>.</param>
/// <param name="Summary">One sentence for <c>pipeline check</c> and the docs.</param>
/// <param name="Outputs">Every field that a result carries; a pipeline may name some of them in <c>outputs:</c>.</param>
public sealed record ActionContract(
    string Name, string Summary, ImmutableArray<ActionParameter> Parameters, ImmutableArray<string> Outputs);

/// <param name="AutoRule">What the action does for <c>&lt;AUTO&gt;</c> where no chat model answers; null: AUTO is not allowed here.</param>
public sealed record ActionParameter(string Name, bool Required = false, string? AutoRule = null);

/// <summary>
/// A step's results by field name. Values are plain: null, bool, long, double, string,
/// <c>IReadOnlyList&lt;object?&gt;</c> or <c>IReadOnlyDictionary&lt;string, object?&gt;</c>, nested as needed.
/// </summary>
/// <param name="Note">For the trace: what decided, in a few words (which model, which rule, why a fallback).</param>
public sealed record ActionResult(IReadOnlyDictionary<string, object?> Outputs, string? Note = null);

/// <summary>One call of an action within a run.</summary>
/// <param name="Parameters">Resolved values; a parameter left to the action's own rule is an <see cref="AutoValue"/>.</param>
/// <param name="Model">The task's model role, if it names one.</param>
public sealed record ActionCall(
    string TaskId, IReadOnlyDictionary<string, object?> Parameters, ModelRole? Model, RunScope Run)
{
    /// <summary>Where the action notes each call of a chat model, for the trace.</summary>
    public ModelLedger Models { get => field ??= new(); init; }

    /// <summary>When the task's time is up; null: never. What asks others leaves itself time to go on without them.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The parameter's text, or null when it is absent, null, AUTO or not text.</summary>
    public string? Text(string name) => Parameters.TryGetValue(name, out var value) ? value as string : null;

    /// <summary>The parameter's number, or null when it is absent or no number.</summary>
    public double? Number(string name) => Parameters.TryGetValue(name, out var value)
        ? value switch { double d => d, long l => l, int i => i, _ => null }
        : null;

    /// <summary>The parameter's value, or null.</summary>
    public object? Value(string name) => Parameters.GetValueOrDefault(name);
}

/// <summary>A parameter written as <c>&lt;AUTO&gt;instruction&lt;/AUTO&gt;</c> that no chat model resolved.</summary>
public sealed record AutoValue(string Instruction);

/// <summary>A named model of the pipeline's <c>models:</c> section.</summary>
/// <param name="RateLimit">Requests a minute; null means unlimited.</param>
public sealed record ModelRole(string Role, string Provider, string Model, double? Temperature, int? RateLimit);

/// <summary>Resolves <c>&lt;AUTO&gt;</c> parameters with a chat model, where one is configured.</summary>
public interface IAutoResolver
{
    /// <summary>Whether a model is there for this role (null: the default one). When false, nothing is asked.</summary>
    bool CanResolve(ModelRole? role);

    /// <summary>The value, or null to leave it to the action's rule.</summary>
    /// <param name="call">The call whose parameter it is, with the parameters as far as they are known.</param>
    ValueTask<object?> ResolveAsync(ActionCall call, string action, string parameter, string instruction, CancellationToken cancellation);
}
