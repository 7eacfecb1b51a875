using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

/// <summary>Short ways for tests to check and run pipelines.</summary>
internal static class Bench
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Checks a pipeline of the echo action and the given ones.</summary>
    public static PipelineCheckReport Check(string yaml, params IPipelineAction[] actions) =>
        new PipelineChecker([TestAction.Echo, .. actions]).Check(yaml, "test.yaml");

    public static PipelinePlan Plan(string yaml, params IPipelineAction[] actions) => Check(yaml, actions).PlanOrThrow();

    /// <summary>The one finding that the text is about; fails when there are others.</summary>
    public static PipelineFinding Only(string yaml, params IPipelineAction[] actions) => Assert.Single(Check(yaml, actions).Findings);

    public static RunScope Scope(TimeProvider? time = null, string content = "Where is my order?", PendingRequest? pending = null)
    {
        var message = new Interaction("m-1", ChannelNames.Chat, "visitor-1", content, Morning);
        return new RunScope(new RunContext("c-1", message, 1, "cust-1", [], null, pending, null, 0), time ?? new ManualTimeProvider(Morning));
    }

    public static async Task<PipelineResult> RunAsync(PipelinePlan plan, RunScope scope, params (string Name, object? Value)[] inputs) =>
        await new PipelineRunner().RunAsync(plan, inputs.ToDictionary(input => input.Name, input => input.Value), scope);

    public static async Task<PipelineResult> RunAsync(PipelinePlan plan, params (string Name, object? Value)[] inputs) =>
        await RunAsync(plan, Scope(), inputs);

    public static TaskTrace Task(this PipelineResult result, string id) => result.Trace.Tasks.Single(task => task.Id == id);

    public static object? Output(this PipelineResult result, string id, string field = "a") => result.Task(id).Outputs?.GetValueOrDefault(field);
}
