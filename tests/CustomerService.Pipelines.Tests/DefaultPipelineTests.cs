using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

/// <summary>The pipeline and the routing rules that the product ships.</summary>
public sealed class DefaultPipelineTests
{
    private static string Path => System.IO.Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "pipelines", "default.yaml");

    [Fact]
    public void Checking_FindsNothing()
    {
        var report = TwelveActions.Checker().CheckFile(Path);

        Assert.Empty(report.Findings);
        Assert.Equal(13, report.PlanOrThrow().Tasks.Length);
    }

    [Fact]
    public void MoodAndIntent_RunSideBySide()
    {
        var tasks = TwelveActions.Checker().CheckFile(Path).PlanOrThrow().Tasks.ToDictionary(task => task.Id);

        Assert.Equal(tasks["mood"].Stage, tasks["intent"].Stage);
    }

    [Theory]
    [InlineData("What are your hours?", ResolutionTypes.Automated, null, null)]
    [InlineData("I want to complain.", ResolutionTypes.Human, "complaints", "complaint is for a person, with priority")]
    [InlineData("What are your hours? My lawyer asks.", ResolutionTypes.Human, "general", "the message mentions a lawyer")]
    [InlineData("What are your hours, rude one?", ResolutionTypes.Human, "general", "quality: tone: shouting")]
    [InlineData("I am furious about your return rules", ResolutionTypes.Human, "specialist", "the customer is upset (sentiment -0.90, under -0.50)")]
    [InlineData("Colourless green ideas", ResolutionTypes.Human, "general", "what the customer wants is not clear")]
    public async Task EveryMessage_IsAnsweredOrHandedOver(string content, string resolution, string? queue, string? reason)
    {
        var scope = Bench.Scope(content: content);
        var plan = TwelveActions.Checker().CheckFile(Path).PlanOrThrow();

        var result = await new PipelineRunner().RunAsync(plan, PipelineInputs.Of(scope.Context, new Dictionary<string, object?>()), scope);

        var outcome = RunOutcomeBuilder.Build(result, scope, TwelveActions.ShippedRules());
        Assert.Null(result.Failure);
        Assert.Equal((resolution, queue, reason), (outcome.ResolutionType, outcome.Handoff?.Queue, outcome.Handoff?.Reason));
        Assert.NotEmpty(outcome.Answer!.Text);
        Assert.Equal(outcome.Handoff is null ? "solved" : "open", outcome.Log!.Status);
        Assert.All(PipelineTrace.Parse(outcome.Trace!).Tasks, task => Assert.NotEqual(TaskOutcome.Failed, task.Outcome));
    }

    [Fact]
    public void EveryShippedQueue_IsNamedByItsIntents()
    {
        var rules = TwelveActions.ShippedRules();

        Assert.Equal("billing", rules.QueueOf("invoice_request"));
        Assert.Equal("general", rules.QueueOf("never_heard_of"));
        Assert.Equal(["account", "billing", "complaints", "general", "managers", "orders", "returns", "second_line", "security", "specialist", "technical"], rules.QueueNames);
    }
}
