using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

/// <summary>The reference pipeline, unchanged. Its text stays outside the project.</summary>
public sealed class ReferencePipelineTests
{
    private static string Path => System.IO.Path.Combine(Requires.SharedFolder!, "reference", "customer_service_pipeline.yaml");

    [RequiresFact("shared")]
    public void Loading_FindsNoErrors_AndWarnsOfUndeclaredOutputsAtTheirPlaces()
    {
        var report = TwelveActions.Checker().CheckFile(Path);

        Assert.Empty(report.Errors);
        Assert.Equal(
            [("customer_id", 54), ("customer_id", 211), ("handoff_message", 212)],
            report.Warnings.Select(warning => (warning.Message.Split('\'')[3], warning.At.Line)));
        var lines = File.ReadAllLines(Path);
        Assert.All(report.Warnings, warning =>
            Assert.StartsWith(warning.Message.Split('\'')[3], lines[warning.At.Line - 1][(warning.At.Column - 1)..]));
    }

    [RequiresFact("shared")]
    public void Reading_MakesDependencies_EvenWhereTheFileNamesNone()
    {
        var plan = TwelveActions.Checker().CheckFile(Path).PlanOrThrow();

        string[] Before(string id) => [.. plan.Tasks.Single(task => task.Id == id).Dependencies.Select(index => plan.Tasks[index].Id).Order()];
        Assert.Equal(["classify_intent", "generate_response", "route_to_agent"], Before("quality_check"));
        Assert.Contains("route_to_agent", Before("send_response"));
        var side = plan.Stages.Single(stage => stage.Any(task => task.Id == "analyze_sentiment"));
        Assert.Contains(side, task => task.Id == "classify_intent");
    }

    [RequiresFact("shared")]
    public async Task AnAutomatableQuestion_IsAnswered_AndNobodyIsRouted()
    {
        var (result, outcome) = await RunAsync("What are your hours?");

        Assert.Null(result.Failure);
        Assert.Equal(ResolutionTypes.Automated, outcome.ResolutionType);
        Assert.Equal("Hello Ada. We are open from 9 to 17.", outcome.Answer!.Text);
        Assert.Equal(TaskOutcome.Skipped, result.Task("route_to_agent").Outcome);
        Assert.Equal("determine_routing.routing_decision == 'human' does not hold: determine_routing.routing_decision is 'automated'", result.Task("route_to_agent").Reason);
        Assert.Equal("accepted", result.Output("send_response", "delivery_status"));
        Assert.Equal("automated", result.Task("log_interaction").Parameters["resolution_type"]);
        Assert.Equal("solved", outcome.Log!.Status);
    }

    [RequiresFact("shared")]
    public async Task AComplaint_GoesToAPerson_WithItsContext()
    {
        var (result, outcome) = await RunAsync("I want to complain.");

        Assert.Equal(ResolutionTypes.Human, outcome.ResolutionType);
        Assert.Equal("complaints", outcome.Handoff!.Queue);
        Assert.Contains("Wants: complaint (90% sure)", outcome.Handoff.Summary, StringComparison.Ordinal);
        Assert.Equal("complaint", Assert.Single(outcome.Handoff.ArticleIds));
        Assert.StartsWith("I am passing you to a colleague", outcome.Answer!.Text, StringComparison.Ordinal);
        Assert.Equal(TaskOutcome.Skipped, result.Task("check_automation").Outcome);
        Assert.Equal("not_applicable", result.Output("quality_check", "compliance_status"));
        Assert.Equal("handed_off", result.Output("send_response", "delivery_status"));
        Assert.Equal("human", result.Task("log_interaction").Parameters["resolution_type"]);
    }

    [RequiresFact("shared")]
    public async Task AQuestionThatMayNotBeAutomated_StillReachesAPerson()
    {
        // The file routes it to nobody: it was routed to the assistant, which then may not answer.
        var (result, outcome) = await RunAsync("What are your hours? My lawyer asks.");

        Assert.Equal(TaskOutcome.Skipped, result.Task("route_to_agent").Outcome);
        Assert.Equal(TaskOutcome.Skipped, result.Task("quality_check").Outcome);
        Assert.Equal(ResolutionTypes.Human, outcome.ResolutionType);
        Assert.Equal("general", outcome.Handoff!.Queue);
        Assert.Equal("the assistant has no answer to give", outcome.Handoff.Reason);
        Assert.NotEmpty(outcome.Answer!.Text);
    }

    [RequiresFact("shared")]
    public async Task AnAnswerThatFailsItsCheck_IsNotSent()
    {
        var (_, outcome) = await RunAsync("What are your hours, rude one?");

        Assert.Equal(ResolutionTypes.Human, outcome.ResolutionType);
        Assert.Equal("quality: tone: shouting", outcome.Handoff!.Reason);
        Assert.DoesNotContain("open from", outcome.Answer!.Text, StringComparison.Ordinal);
    }

    private static async Task<(PipelineResult Result, RunOutcome Outcome)> RunAsync(string content)
    {
        var plan = TwelveActions.Checker().CheckFile(Path).PlanOrThrow();
        var scope = Bench.Scope(content: content);
        var inputs = PipelineInputs.Of(scope.Context, new Dictionary<string, object?>());
        var result = await new PipelineRunner().RunAsync(plan, inputs, scope);
        return (result, RunOutcomeBuilder.Build(result, scope, TwelveActions.ShippedRules()));
    }
}
