using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

public sealed class PipelineRunTests
{
    private readonly ManualTimeProvider _time = new(Bench.Morning);

    [Fact]
    public async Task ASkippedTask_GivesNulls_AndDoesNotSkipItsDependants()
    {
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: maybe, action: echo, condition: "inputs.priority > 5", outputs: [a] }
              - { id: after, action: echo, parameters: { a: "{{ maybe.a or 'instead' }}", b: "{{ maybe }}" }, dependencies: [maybe] }
              - { id: either, action: echo, condition: maybe or after, parameters: { a: "{{ 'no' if maybe else 'yes' }}" } }
              - { id: neither, action: echo, condition: maybe and after }
            """);

        var result = await Bench.RunAsync(plan, ("priority", 1L));

        Assert.Equal(TaskOutcome.Skipped, result.Task("maybe").Outcome);
        Assert.Equal("inputs.priority > 5 does not hold: inputs.priority is 1", result.Task("maybe").Reason);
        Assert.Equal("instead", result.Output("after"));
        Assert.Null(result.Output("after", "b"));
        Assert.Equal("yes", result.Output("either"));
        Assert.Equal("maybe and after does not hold: maybe is null, after is done", result.Task("neither").Reason);
    }

    [Fact]
    public async Task IndependentTasks_RunSideBySide()
    {
        // Each waits for the other: one after the other they would never end.
        TaskCompletionSource left = new(), right = new();
        var meet = TestAction.OfAsync("meet", async (call, cancellation) =>
        {
            var (mine, other) = call.TaskId == "left" ? (left, right) : (right, left);
            mine.SetResult();
            await other.Task.WaitAsync(cancellation);
            return TestAction.Result(call.TaskId);
        });
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: left, action: meet, outputs: [a] }
              - { id: right, action: meet, outputs: [a] }
              - { id: join, action: echo, parameters: { a: "{{ left.a }} and {{ right.a }}" } }
            """, meet);

        var result = await Bench.RunAsync(plan);

        Assert.Null(result.Failure);
        Assert.Equal("left and right", result.Output("join"));
    }

    [Fact]
    public async Task ADependant_StartsAsSoonAsItsOwnDependenciesHaveEnded()
    {
        TaskCompletionSource slow = new();
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: slow, action: waiting }
              - { id: quick, action: echo, outputs: [task] }
              - { id: next, action: release, parameters: { a: "{{ quick.task }}" } }
              - { id: last, action: echo, dependencies: [slow, next] }
            """,
            TestAction.OfAsync("waiting", async (_, cancellation) =>
            {
                await slow.Task.WaitAsync(cancellation);
                return TestAction.Result(null);
            }),
            TestAction.OfAsync("release", (_, _) =>
            {
                slow.SetResult();
                return Task.FromResult(TestAction.Result(null));
            }));

        var result = await Bench.RunAsync(plan);

        Assert.All(result.Trace.Tasks, task => Assert.Equal(TaskOutcome.Done, task.Outcome));
    }

    [Fact]
    public async Task AnEndlessTask_IsStoppedAtItsTimeout()
    {
        TaskCompletionSource started = new(), told = new();
        var endless = TestAction.OfAsync("endless", async (_, cancellation) =>
        {
            cancellation.Register(() => told.TrySetResult());
            started.SetResult();
            await new TaskCompletionSource().Task; // heeds nothing
            return TestAction.Result(null);
        });
        var plan = Bench.Plan("id: p\ntasks: [{ id: one, action: endless, timeout: 5s }, { id: two, action: echo, dependencies: [one] }]", endless);

        var running = Bench.RunAsync(plan, Bench.Scope(_time));
        await started.Task;
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var result = await running;

        await told.Task; // the action's token is cancelled too
        Assert.Equal("one: no result within 5 s", result.Failure!.Reason);
        Assert.Equal(TaskOutcome.Failed, result.Task("one").Outcome);
        Assert.Equal(TaskOutcome.NotRun, result.Task("two").Outcome);
        Assert.InRange(result.Task("one").Duration, 5_000_000, 5_100_000);
    }

    [Fact]
    public async Task AFailingTask_FailsTheRun_AndOthersAreGivenUp()
    {
        var given = new TaskCompletionSource();
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: waits, action: waiting }
              - { id: breaks, action: broken }
              - { id: after, action: echo, dependencies: [breaks] }
            """,
            TestAction.OfAsync("waiting", async (_, cancellation) =>
            {
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                }
                finally
                {
                    given.SetResult();
                }

                return TestAction.Result(null);
            }),
            TestAction.Of("broken", [], [], _ => throw new InvalidOperationException("the cable is cut")));

        var result = await Bench.RunAsync(plan);

        await given.Task;
        Assert.Equal(("breaks", "breaks: the cable is cut"), (result.Failure!.Task, result.Failure.Reason));
        Assert.IsType<InvalidOperationException>(result.Failure.Exception);
        Assert.Equal("given up: the run had failed", result.Task("waits").Reason);
        Assert.Equal(TaskOutcome.NotRun, result.Task("after").Outcome);
        Assert.Equal(result.Failure.Reason, result.Trace.Failure);
    }

    [Fact]
    public async Task OnErrorContinue_GivesNulls_AndGoesOn()
    {
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: breaks, action: broken, on_error: continue, outputs: [a] }
              - { id: after, action: echo, parameters: { a: "{{ breaks.a or 'without' }}", b: "{{ 'ran' if breaks else 'failed' }}" } }
            """, TestAction.Of("broken", [], ["a"], _ => throw new InvalidOperationException("the cable is cut")));

        var result = await Bench.RunAsync(plan);

        Assert.Null(result.Failure);
        Assert.Equal((TaskOutcome.Failed, "the cable is cut"), (result.Task("breaks").Outcome, result.Task("breaks").Reason));
        Assert.Equal("without", result.Output("after"));
        Assert.Equal("failed", result.Output("after", "b"));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task Retries_TryAgain_AfterAPause(int retries, bool succeeds)
    {
        var attempts = 0;
        var plan = Bench.Plan($"id: p\ntasks: [{{ id: one, action: flaky, on_error: retry({retries}) }}]", TestAction.OfAsync("flaky", (_, _) =>
            ++attempts < 3 ? throw new TimeoutException($"attempt {attempts}") : Task.FromResult(TestAction.Result(attempts))));

        var running = Bench.RunAsync(plan, Bench.Scope(_time));
        while (!running.IsCompleted)
        {
            if (_time.Armed > 0)
                _time.Advance(TimeSpan.FromMilliseconds(400));
            await Task.Yield();
        }

        var result = await running;
        Assert.Equal(succeeds, result.Failure is null);
        Assert.Equal(retries + 1, result.Task("one").Attempts);
        Assert.Equal(succeeds ? null : "attempt 2", result.Task("one").Reason);
    }

    [Fact]
    public async Task ValuesThatDoNotFit_FailTheTask_NamingThePlace()
    {
        var plan = Bench.Plan("id: p\ntasks:\n  - id: one\n    action: echo\n    parameters:\n      a: \"{{ inputs.content - 1 }}\"");

        var result = await Bench.RunAsync(plan, ("content", "text"));

        Assert.Equal("one: test.yaml:6:10: '-' can't be used between a text and a number. Fix: use numbers on both sides", result.Failure!.Reason);
    }

    [Theory]
    [InlineData("condition: inputs.content - 1", "one", "test.yaml:3:39:")]
    [InlineData("parameters: { a: \"{{ context.c }}\" } }]\ncontext: { c: \"{{ inputs.content - 1 }}\"", "context", "test.yaml:4:15:")]
    public async Task ConditionsAndContext_FailTheRun_NamingThePlace(string written, string task, string place)
    {
        var close = written.StartsWith("condition", StringComparison.Ordinal) ? " }]" : " }";
        var plan = Bench.Plan($"id: p\ntasks: [\n  {{ id: one, action: echo, {written}{close}");

        var result = await Bench.RunAsync(plan, ("content", "text"));

        Assert.Equal(task, result.Failure!.Task);
        Assert.Contains(place, result.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_EndsTheRun()
    {
        using var source = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var plan = Bench.Plan("id: p\ntasks: [{ id: one, action: waiting, on_error: retry(3) }]", TestAction.OfAsync("waiting", async (_, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return TestAction.Result(null);
        }));

        var running = new PipelineRunner().RunAsync(plan, ImmutableDictionary<string, object?>.Empty, Bench.Scope(), source.Token).AsTask();
        await started.Task;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Auto_IsLeftToTheAction_WhereNoModelIsThere()
    {
        var plan = Bench.Plan("id: p\ntasks: [{ id: one, action: tone, parameters: { tone: <AUTO>Match the customer</AUTO> } }]", Tone);

        foreach (var resolver in new IAutoResolver?[] { null, new Resolver(can: false, _ => throw new NotSupportedException()), new Resolver(can: true, _ => null) })
        {
            var result = await new PipelineRunner(resolver).RunAsync(plan, ImmutableDictionary<string, object?>.Empty, Bench.Scope());
            Assert.Equal("rule: Match the customer", result.Output("one", "said"));
        }
    }

    [Fact]
    public async Task Auto_IsResolvedByAModel_AndTraced()
    {
        var plan = Bench.Plan("id: p\nmodels: { w: { provider: x, model: y } }\ntasks: [{ id: one, action: tone, model: w, parameters: { tone: <AUTO>Match the customer</AUTO> } }]", Tone);

        var result = await new PipelineRunner(new Resolver(can: true, question => question + " → kind")).RunAsync(plan, ImmutableDictionary<string, object?>.Empty, Bench.Scope());

        Assert.Equal("w/tone/tone/Match the customer → kind", result.Output("one", "said"));
        Assert.Equal("w/tone/tone/Match the customer → kind", result.Task("one").Parameters["tone"]);
        Assert.Equal("w", Assert.Single(result.Task("one").Models).Role);
    }

    [Fact]
    public async Task AFailingResolver_LeavesAutoToTheRule_AndSaysSo()
    {
        var plan = Bench.Plan("id: p\ntasks: [{ id: one, action: tone, parameters: { tone: <AUTO>Match the customer</AUTO> } }]", Tone);

        var result = await new PipelineRunner(new Resolver(can: true, _ => throw new HttpRequestException("503"))).RunAsync(plan, ImmutableDictionary<string, object?>.Empty, Bench.Scope());

        Assert.Equal("rule: Match the customer", result.Output("one", "said"));
        Assert.Equal("AUTO tone by rule: 503", result.Task("one").Note);
    }

    [Fact]
    public async Task ManyRuns_OfOnePlan_SideBySide_DoNotMix()
    {
        var hop = TestAction.OfAsync("hop", async (call, _) =>
        {
            await Task.Yield();
            return TestAction.Result(call.Value("a"));
        });
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: one, action: hop, parameters: { a: "{{ inputs.content }}" }, outputs: [a] }
              - { id: two, action: hop, parameters: { a: "{{ one.a }}!" }, outputs: [a] }
              - { id: three, action: echo, parameters: { a: "{{ one.a }}{{ two.a }}" } }
            """, hop);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Bench.RunAsync(plan, ("content", $"m{i}")))));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"m{i}m{i}!"), results.Select(result => result.Output("three")));
    }

    private static TestAction Tone { get; } = TestAction.Of("tone", ["tone?"], ["said"], call => new ActionResult(
        new Dictionary<string, object?> { ["said"] = call.Value("tone") is AutoValue auto ? $"rule: {auto.Instruction}" : call.Text("tone") }));

    private sealed class Resolver(bool can, Func<string, object?> answer) : IAutoResolver
    {
        public bool CanResolve(ModelRole? role) => can;

        public ValueTask<object?> ResolveAsync(ActionCall call, string action, string parameter, string instruction, CancellationToken cancellation)
        {
            var value = answer($"{call.Model?.Role}/{action}/{parameter}/{instruction}");
            call.Models.Add(new ModelUse(call.Model?.Role ?? "", "x", "y", 10, 2, null));
            return new(value);
        }
    }
}
