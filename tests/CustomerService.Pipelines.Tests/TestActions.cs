using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Pipelines.Tests;

/// <summary>An action that does what a test says.</summary>
internal sealed class TestAction(ActionContract contract, Func<ActionCall, CancellationToken, ValueTask<ActionResult>> run) : IPipelineAction
{
    public ActionContract Contract { get; } = contract;

    public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation) => run(call, cancellation);

    /// <summary>An action that gives back its parameters <c>a</c>, <c>b</c> and <c>c</c>, with <c>task</c> for its task's id.</summary>
    public static TestAction Echo { get; } = Of("echo", ["a", "b", "c"], ["a", "b", "c", "task"], call => new(new Dictionary<string, object?>
    {
        ["a"] = call.Value("a"),
        ["b"] = call.Value("b"),
        ["c"] = call.Value("c"),
        ["task"] = call.TaskId,
    }));

    public static TestAction Of(string name, string[] parameters, string[] outputs, Func<ActionCall, ActionResult> run) =>
        new(Contracted(name, parameters, outputs), (call, _) => new ValueTask<ActionResult>(run(call)));

    public static TestAction OfAsync(string name, Func<ActionCall, CancellationToken, Task<ActionResult>> run) =>
        new(Contracted(name, ["a", "b", "c"], ["a"]), (call, cancellation) => new ValueTask<ActionResult>(run(call, cancellation)));

    public static ActionResult Result(object? a) => new(new Dictionary<string, object?> { ["a"] = a });

    /// <summary>A name that ends in ? can be AUTO, one that ends in ! is required.</summary>
    private static ActionContract Contracted(string name, string[] parameters, string[] outputs) => new(
        name,
        "For tests.",
        [.. parameters.Select(parameter => new ActionParameter(parameter.TrimEnd('?', '!'), parameter.EndsWith('!'), parameter.EndsWith('?') ? "By a rule." : null))],
        [.. outputs]);
}
