using CustomerService.Assistants.Budgets;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Tests.Budgets;

/// <summary>What models may take: of a conversation, and of a day over processes that share its grain.</summary>
public sealed class BudgetTests : IDisposable
{
    private const string Question = "What is your return policy?";
    private static readonly ModelRole Role = new("understanding", "openai", "gpt-4", 0, null);

    private readonly ModelServer _server = new ModelServer().Answer(ModelServer.Says("""{"intents": [{"intent": "warranty", "confidence": 0.9}], "language": "en"}"""));
    private readonly ManualTime _time = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(150, 1, 60, "150 tokens")]
    [InlineData(1000, 0.0054, 60, "$0.0054")]
    public async Task ConversationOverItsBudget_IsAnsweredLocally(long tokens, double dollars, double seconds, string says)
    {
        using var assistant = new Assistant(_server.Settings() with { ConversationBudget = new ModelAllowance(tokens, (decimal)dollars, seconds) });
        var first = assistant.Scope(Question);
        Assert.Equal("openai/gpt-4", (await AskAsync(assistant, first)).Note);
        Assert.Equal((1, 150L, 0.0054m), (first.Draft.Spent!.Calls, first.Draft.Spent.Tokens, first.Draft.Spent.Cost));

        // In the same run, and in the next one of that conversation.
        Assert.Contains(says, (await AskAsync(assistant, first)).Note!, StringComparison.Ordinal);
        var later = assistant.Scope(Question, first.Context with { Spent = first.Draft.Spent });
        Assert.StartsWith("local: openai/gpt-4: over the conversation's budget", (await AskAsync(assistant, later)).Note, StringComparison.Ordinal);
        Assert.Equal("openai/gpt-4", (await AskAsync(assistant, assistant.Scope(Question))).Note);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Day_IsSharedByProcesses_AndOutlivesThem()
    {
        var grains = new DirectGrains(_time);
        var limit = new ModelAllowance(30_000, 10m, 1_000);
        using var one = new DayBudget(grains, () => limit, _time);
        using var other = new DayBudget(grains, () => limit, _time);

        Assert.Null(await one.RefusalAsync(default));
        Assert.Null(await other.RefusalAsync(default));
        one.Spend(new ModelAllowance(25_000, 0, 0)); // more than it had leased
        Assert.NotNull(await one.RefusalAsync(default)); // what it owes is more than the day has left

        using var afterRestart = new DayBudget(grains, () => limit, _time);
        Assert.Equal("over the day's budget", await afterRestart.RefusalAsync(default));
        Assert.Null(await other.RefusalAsync(default)); // it lives on its lease

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await one.RefusalAsync(default));
    }

    [Fact]
    public async Task RaisedLimit_IsNoticed_WithinAMinute()
    {
        var limit = new ModelAllowance(10_000, 10m, 1_000);
        using var day = new DayBudget(new DirectGrains(_time), () => limit, _time);
        Assert.Null(await day.RefusalAsync(default));
        day.Spend(new ModelAllowance(10_000, 0, 0));
        Assert.NotNull(await day.RefusalAsync(default));

        limit = new ModelAllowance(100_000, 10m, 1_000);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await day.RefusalAsync(default));
    }

    [Fact]
    public async Task WhatAProcessDidNotSpend_ComesBack_WhenItEnds()
    {
        var grains = new DirectGrains(_time);
        using var day = new DayBudget(grains, () => new ModelAllowance(1_000_000, 100m, 10_000), _time);
        await day.RefusalAsync(default);
        day.Spend(new ModelAllowance(300, 0.01m, 2));
        await day.ReturnAsync(default);

        var view = Assert.IsType<ModelBudgetView>(await grains.AskAsync(Grain.ModelBudget(DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime)), new GetModelBudget()));
        Assert.Equal(new ModelAllowance(300, 0.01m, 2), view.Leased);
    }

    [Fact]
    public async Task DayThatCantBeAsked_IsAnsweredLocally()
    {
        using var day = new DayBudget(new Unavailable(), () => new ChatModelSettings().DayBudget, _time);
        Assert.Equal("the day's budget can't be asked now", await day.RefusalAsync(default));
    }

    private static async Task<ActionResult> AskAsync(Assistant assistant, RunScope scope) => await assistant.RunAsync(assistant.Intent, scope, Role, ("content", Question));

    private sealed class Unavailable : IGrainClient
    {
        public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) => throw new StoreUnavailableException("gone");
    }
}
