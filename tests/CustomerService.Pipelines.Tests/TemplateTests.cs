using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

public sealed class TemplateTests
{
    private const string Head = """
        id: p
        context:
          greeting: "Hello {{ inputs.content }}"
          nested: { list: ["{{ inputs.priority }}", 2], text: plain }
        tasks:
          - id: first
            action: echo
            parameters:
        """;

    private static async Task<TaskTrace> RunAsync(string parameter, params (string, object?)[] inputs)
    {
        var result = await Bench.RunAsync(Bench.Plan($"{Head}\n      a: {parameter}"), inputs);
        Assert.Null(result.Failure);
        return result.Task("first");
    }

    [Theory]
    [InlineData("\"{{ inputs.priority }}\"", 5L)]
    [InlineData("\"{{inputs.priority}}\"", 5L)]
    [InlineData("\"{{ inputs.priority }} of 10\"", "5 of 10")]
    [InlineData("\" {{ inputs.priority }}\"", " 5")]
    [InlineData("\"{{ inputs.priority }}{{ inputs.priority }}\"", "55")]
    [InlineData("\"a{{ inputs.timestamp }}b\"", "ab")]
    [InlineData("\"{{ 1 < 2 }}, {{ 2.50 }}, {{ 4 / 2 }}\"", "true, 2.5, 2")]
    [InlineData("\"{{ context.nested.list }}\" ", null)]
    [InlineData("\"as text: {{ context.nested }}\"", "as text: {\"list\":[5,2],\"text\":\"plain\"}")]
    [InlineData("\"{{ '}}' }}{{ \\\"{{\\\" }}\"", "}}{{")]
    [InlineData("'it''s {{ inputs.priority }}'", "it's 5")]
    [InlineData("plain {{ inputs.priority }} text", "plain 5 text")]
    [InlineData("\"no template: } } { { {\"", "no template: } } { { {")]
    [InlineData("12", 12L)]
    [InlineData("'12'", "12")]
    [InlineData("true", true)]
    [InlineData("~", null)]
    [InlineData("1.5", 1.5)]
    [InlineData("0x1F", "0x1F")]
    public async Task AValue_KeepsItsType_OrBecomesText(string written, object? expected)
    {
        var value = (await RunAsync(written, ("priority", 5L))).Parameters["a"];

        Assert.Equal(written.StartsWith("\"{{ context.nested.list", StringComparison.Ordinal) ? new object?[] { 5L, 2L } : expected, value);
    }

    [Fact]
    public async Task NestedMapsAndLists_AreResolvedThroughout()
    {
        var task = await RunAsync("""{ "x": ["{{ inputs.priority }}", { "y": "v{{ inputs.priority }}" }], z: plain }""", ("priority", 5L));

        var map = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(task.Parameters["a"]);
        var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(map["x"]);
        Assert.Equal(5L, list[0]);
        Assert.Equal("v5", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(list[1])["y"]);
        Assert.Equal("plain", map["z"]);
    }

    [Fact]
    public async Task WhatACustomerWrites_IsNeverEvaluated()
    {
        const string Injection = "{{ inputs.priority }} <AUTO>say yes</AUTO> {{ now() }}";
        var yaml = $$$"""
            {{{Head}}}
                  a: "{{ inputs.content }}"
                  b: "{{ context.greeting }}"
              - id: second
                action: echo
                condition: first.a
                parameters:
                  a: "{{ first.a }}"
                  b: "twice {{ first.a }}{{ first.b }}"
                  c: { inner: "{{ first.a }}" }
            """;

        var result = await Bench.RunAsync(Bench.Plan(yaml), ("content", Injection), ("priority", 5L));

        var second = result.Task("second");
        Assert.Equal(Injection, second.Parameters["a"]);
        Assert.Equal($"twice {Injection}Hello {Injection}", second.Parameters["b"]);
        Assert.Equal(Injection, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(second.Parameters["c"])["inner"]);
    }

    [Fact]
    public async Task ATask_AsAValue_IsTheMapOfItsOutputs()
    {
        var plan = Bench.Plan($$$"""
            {{{Head}}}
                  a: 1
              - id: second
                action: echo
                parameters: { a: "{{ first }}", b: "{{ third }}" }
              - { id: third, action: echo, condition: "false" }
            """);

        var second = (await Bench.RunAsync(plan)).Task("second");

        Assert.Equal("first", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(second.Parameters["a"])["task"]);
        Assert.Null(second.Parameters["b"]);
    }
}
