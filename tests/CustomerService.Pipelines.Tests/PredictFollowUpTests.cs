using CustomerService.Pipelines.Actions;

namespace CustomerService.Pipelines.Tests;

public sealed class PredictFollowUpTests
{
    [Theory]
    [InlineData("return_policy", "refund_status", "of 50 customers with return_policy, 20 wrote about refund_status within 14 days")]
    [InlineData("complaint", null, "intent 'complaint': 31 in the last hour where 8 are usual")]
    public async Task WhatThePastShows_IsSaidWithItsEvidence(string intent, string? next, string expectation)
    {
        var scope = Bench.Scope();

        var result = await new PredictFollowUp(new Past()).RunAsync(new ActionCall("foresight", new Dictionary<string, object?> { ["intent"] = intent }, null, scope), default);

        Assert.Equal(next, result.Outputs["likely_intent"]);
        Assert.Equal(expectation, Assert.Single(scope.Draft.Expectations));
        Assert.Equal(expectation, result.Note);
    }

    [Fact]
    public async Task WhereNothingStandsOut_NothingIsSaid()
    {
        var scope = Bench.Scope();

        var result = await new PredictFollowUp(new Past()).RunAsync(new ActionCall("foresight", new Dictionary<string, object?> { ["intent"] = "greeting" }, null, scope), default);

        Assert.Null(result.Outputs["likely_intent"]);
        Assert.Empty(scope.Draft.Expectations);
    }
}
