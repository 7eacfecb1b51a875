using System.Text;
using System.Text.Json;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

public sealed class PipelineTraceTests
{
    private const string Yaml = """
        id: p
        version: "3"
        tasks:
          - { id: one, action: echo, parameters: { a: "{{ inputs.content }}", b: { deep: [1, true, null, 0.5] } }, outputs: [a, b] }
          - id: two
            action: echo
            parameters:
              a: "{{ one.b.deep }}"
              b: { first: "{{ one.a }}", whole: "{{ one }}" }
              c: "text {{ one.a }}"
          - { id: skipped, action: echo, condition: "inputs.content == 'other'" }
        """;

    [Fact]
    public async Task TheJson_SaysEachThingOnce_AndReadsBackWhole()
    {
        var trace = (await Bench.RunAsync(Bench.Plan(Yaml), ("content", "hi"))).Trace;

        var json = trace.ToJson();
        var read = PipelineTrace.Parse(json);

        using var document = JsonDocument.Parse(json);
        var two = document.RootElement.GetProperty("tasks")[1];
        Assert.Equal("one.b.deep", two.GetProperty("from").GetProperty("a").GetString());
        Assert.Equal("one.a", two.GetProperty("from").GetProperty("b.first").GetString());
        Assert.Equal(["c"], two.GetProperty("in").EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            trace.Tasks.Select(task => (task.Id, task.Action, task.Outcome, task.StartedAt, task.Duration, task.Reason)),
            read.Tasks.Select(task => (task.Id, task.Action, task.Outcome, task.StartedAt, task.Duration, task.Reason)));
        foreach (var (task, again) in trace.Tasks.Zip(read.Tasks))
        {
            Assert.Equal(Expressions.PlainJson.Write(task.Outputs), Expressions.PlainJson.Write(again.Outputs));
            foreach (var (name, value) in task.Parameters)
                Assert.Equal(Expressions.PlainJson.Write(value), Expressions.PlainJson.Write(again.Parameters[name]));
        }

        Assert.Equal((trace.Pipeline, trace.Version, trace.StartedAt, trace.Duration, trace.Failure), (read.Pipeline, read.Version, read.StartedAt, read.Duration, read.Failure));
    }

    [Fact]
    public async Task Printed_ItTellsTheStory()
    {
        var trace = (await Bench.RunAsync(Bench.Plan(Yaml), ("content", "hi"))).Trace;

        var text = PipelineTrace.Parse(trace.ToJson()).ToString();

        Assert.StartsWith("p 3 at 2026-03-02 09:00:00.000Z, 0.000 ms\n  one (echo) done, +0.000 ms, took 0.000 ms\n    < a: \"hi\"\n", text, StringComparison.Ordinal);
        Assert.Contains("    < b: {\"first\":\"hi\",\"whole\":{\"a\":\"hi\",", text, StringComparison.Ordinal);
        Assert.EndsWith("  skipped (echo) skipped\n    why: inputs.content == 'other' does not hold: inputs.content is 'hi'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongTexts_AreCut_SayingHowMuch()
    {
        var trace = (await Bench.RunAsync(Bench.Plan(Yaml), ("content", new string('x', 99_000)))).Trace;

        var json = trace.ToJson();

        Assert.InRange(Encoding.UTF8.GetByteCount(json), 1_000, 8_000);
        Assert.Contains(new string('x', 1_000) + "… (+98000 characters)", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeValues_KeepTheTraceBounded_AndReadable()
    {
        object? Huge(int depth) => depth == 0
            ? Enumerable.Range(0, 500).Select(object? (i) => $"item {i} — {new string('é', 200)}").ToArray()
            : new Dictionary<string, object?> { ["deeper"] = Huge(depth - 1), ["wide"] = new string('é', 5_000) };
        var plan = Bench.Plan($"id: p\ntasks:\n{string.Concat(Enumerable.Range(0, 12).Select(i => $"  - {{ id: t{i}, action: echo, parameters: {{ a: \"{{{{ inputs.content }}}}\", b: [\"{{{{ inputs.metadata }}}}\"] }} }}\n"))}");

        var result = await Bench.RunAsync(plan, ("content", new string('y', 5_000)), ("metadata", Huge(12)));
        var json = result.Trace.ToJson();

        Assert.InRange(Encoding.UTF8.GetByteCount(json), 10_000, 3 * PipelineTrace.MaxBytes);
        Assert.Contains("more)", json, StringComparison.Ordinal);
        Assert.Equal(12, PipelineTrace.Parse(json).Tasks.Length);
    }

    [Fact]
    public async Task FailuresModelsAndNotes_AreKept()
    {
        var use = new ModelUse("w", "openai", "gpt", 120, 8, 0.0021m) { Prompt = "answer v2", Seconds = 1.25, FirstToken = 0.4 };
        var plan = Bench.Plan(
            "id: p\ntasks: [{ id: one, action: modelled }, { id: two, action: broken, dependencies: [one] }]",
            TestAction.Of("modelled", [], ["a"], call =>
            {
                call.Models.Add(use);
                call.Models.AddTools([new ToolUse("get_order", ["order_id"], "not_found")]);
                return TestAction.Result(1L) with { Note = "gpt, as local was unsure" };
            }),
            TestAction.Of("broken", [], [], call =>
            {
                call.Models.Add(use with { Fault = "no answer in time", FirstToken = null });
                throw new InvalidOperationException("the cable \"is\" cut");
            }));

        var trace = PipelineTrace.Parse((await Bench.RunAsync(plan)).Trace.ToJson());

        Assert.Equal("two: the cable \"is\" cut", trace.Failure);
        Assert.Equal("the cable \"is\" cut", trace.Tasks[1].Reason);
        Assert.Equal("gpt, as local was unsure", trace.Tasks[0].Note);
        var kept = Assert.Single(trace.Tasks[0].Models);
        Assert.Equal(use, kept with { Tools = use.Tools });
        var tool = Assert.Single(kept.Tools);
        Assert.Equal(("get_order", "order_id", "not_found"), (tool.Tool, Assert.Single(tool.Arguments), tool.Outcome));
        Assert.Equal("no answer in time", Assert.Single(trace.Tasks[1].Models).Fault);
        Assert.Contains("model: w = openai/gpt, 120 + 8 tokens, $0.0021, 1.250 s (first after 0.400 s), prompt answer v2\n      tool: get_order(order_id) not_found", trace.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EachTextOfATrace_IsRedacted()
    {
        var task = new TaskTrace("one", "say", TaskOutcome.Done)
        {
            Parameters = new Dictionary<string, object?> { ["content"] = "my 4111", ["list"] = new List<object?> { "4111" } },
            Outputs = new Dictionary<string, object?> { ["text"] = "your 4111" },
            Note = "4111 was said",
        };
        var trace = new PipelineTrace("p", "1", default, 1, [task], "4111 failed");

        var json = trace.ToJson(text => text.Replace("4111", "[card]", StringComparison.Ordinal));

        Assert.DoesNotContain("4111", json, StringComparison.Ordinal);
        Assert.Equal(5, json.Split("[card]").Length - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"tasks\":[{}]}")]
    [InlineData("{\"tasks\":3}")]
    public void OtherText_IsNoTrace(string json) => Assert.ThrowsAny<JsonException>(() => PipelineTrace.Parse(json));
}
