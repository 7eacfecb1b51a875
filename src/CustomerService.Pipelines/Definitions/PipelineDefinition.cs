using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Pipelines.Definitions;

/// <summary>A pipeline as it is written, typed and with places, not yet checked against actions.</summary>
/// <param name="Inputs">The inputs that the file says it takes, beside the ones that every run has.</param>
internal sealed record PipelineDefinition(
    Located<string> Id,
    string Name,
    string Version,
    string Description,
    ImmutableArray<Located<ModelRole>> Models,
    ImmutableArray<Located<string>> Inputs,
    YamlMapping? Context,
    ImmutableArray<TaskDefinition> Tasks);

/// <summary>One task as it is written.</summary>
/// <param name="At">Where the task begins.</param>
/// <param name="Condition">An expression, or true or false.</param>
/// <param name="Parameters">Values by name, with templates still in them.</param>
internal sealed record TaskDefinition(
    SourcePosition At,
    Located<string> Id,
    string Name,
    Located<string> Action,
    Located<string>? Model,
    YamlScalar? Condition,
    YamlMapping? Parameters,
    ImmutableArray<Located<string>> Dependencies,
    ImmutableArray<Located<string>> Outputs,
    TimeSpan Timeout,
    ErrorPolicy OnError);

/// <summary>What a task's fault means for the run.</summary>
/// <param name="Continue">The run goes on with null outputs; otherwise it fails.</param>
/// <param name="Retries">How many more attempts before that.</param>
public readonly record struct ErrorPolicy(bool Continue, int Retries)
{
    public const int MaxRetries = 5;

    public static ErrorPolicy Fail { get; } = new(false, 0);

    public override string ToString() => (Continue ? "continue" : "fail") + (Retries == 0 ? "" : $" after {Retries} more {(Retries == 1 ? "attempt" : "attempts")}");
}
