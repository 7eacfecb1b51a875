using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Tests;

public sealed class ExpressionTests
{
    private static readonly RootNames Roots = new(["ran", "skipped", "silent"]);

    /// <summary>Evaluates over a few inputs, one context entry, and three tasks: one with outputs, one skipped, one with no outputs.</summary>
    internal static object? Evaluate(string source)
    {
        var scope = new EvaluationScope(new object?[Roots.Count], Bench.Scope());
        scope.Roots[RootNames.Inputs] = new Dictionary<string, object?>
        {
            ["text"] = "hello",
            ["empty"] = "",
            ["number"] = 7L,
            ["half"] = 0.5,
            ["yes"] = true,
            ["list"] = new object?[] { 1L, 2L, 3L, 4L, 5L, 6L },
            ["names"] = new[] { "ada", "bob" },
            ["map"] = new Dictionary<string, object?> { ["in side"] = new Dictionary<string, object?> { ["deep"] = 1L } },
            ["nothing"] = null,
        };
        scope.Roots[RootNames.Context] = new Dictionary<string, object?> { ["tiers"] = new object?[] { "one", "two" } };
        scope.Roots[RootNames.FirstTask] = new TaskOutputs(new Dictionary<string, object?> { ["score"] = -0.6, ["decision"] = "human" });
        scope.Roots[RootNames.FirstTask + 2] = new TaskOutputs(new Dictionary<string, object?>());
        return ExpressionParser.Parse(source, Roots).Root.Evaluate(scope);
    }

    [Theory]
    [InlineData("'a\\'b\\n\\u0041'", "a'b\nA")]
    [InlineData("\"quoted\"", "quoted")]
    [InlineData("12", 12L)]
    [InlineData("1.5e2", 150.0)]
    [InlineData("99999999999999999999", 99999999999999999999.0)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("null", null)]
    [InlineData("None", null)]
    [InlineData("-inputs.number", -7L)]
    [InlineData("- -3", 3L)]
    public void Literals_HaveTheirValues(string source, object? expected) => Assert.Equal(expected, Evaluate(source));

    [Theory]
    [InlineData("inputs.map['in side'].deep", 1L)]
    [InlineData("inputs.list[0]", 1L)]
    [InlineData("inputs.list[-1]", 6L)]
    [InlineData("inputs.list[99]", null)]
    [InlineData("inputs.text[1]", "e")]
    [InlineData("inputs.text[-5:2]", "he")]
    [InlineData("inputs.text[:-1]", "hell")]
    [InlineData("join(inputs.list[-2:], '|')", "5|6")]
    [InlineData("join(inputs.list[1:3], '|')", "2|3")]
    [InlineData("join(inputs.list[-50:], '')", "123456")]
    [InlineData("length(inputs.list[4:2])", 0L)]
    [InlineData("inputs.missing", null)]
    [InlineData("inputs.missing.deeper[3]['x'][1:2].more", null)]
    [InlineData("inputs.text.field", null)]
    [InlineData("inputs.number[0]", null)]
    [InlineData("inputs.list['key']", null)]
    [InlineData("skipped.anything", null)]
    [InlineData("context.tiers[inputs.number - 6]", "two")]
    [InlineData("inputs.names[0]", "ada")]
    public void Paths_GiveTheValueOrNull(string source, object? expected) => Assert.Equal(expected, Evaluate(source));

    [Theory]
    [InlineData("1 + 2 * 3", 7L)]
    [InlineData("(1 + 2) * 3", 9L)]
    [InlineData("7 / 2", 3.5)]
    [InlineData("-7 % 3", 2L)]
    [InlineData("7.5 % -2", -0.5)]
    [InlineData("10 - 2 - 3", 5L)]
    [InlineData("9223372036854775807 + 1", 9223372036854775808.0)]
    [InlineData("'a' + 'b'", "ab")]
    [InlineData("length(inputs.list + context.tiers)", 8L)]
    [InlineData("inputs.missing + 1", null)]
    public void Arithmetic_FollowsPrecedence(string source, object? expected) => Assert.Equal(expected, Evaluate(source));

    [Theory]
    [InlineData("ran.score < -0.5", true)]
    [InlineData("1 == 1.0", true)]
    [InlineData("'1' == 1", false)]
    [InlineData("null == inputs.missing", true)]
    [InlineData("null != 1", true)]
    [InlineData("inputs.missing < 5", false)]
    [InlineData("inputs.missing >= 5", false)]
    [InlineData("'b' > 'a'", true)]
    [InlineData("'b' > 1", false)]
    [InlineData("3 in inputs.list", true)]
    [InlineData("'ell' in inputs.text", true)]
    [InlineData("'in side' in inputs.map", true)]
    [InlineData("'x' not in context.tiers", true)]
    [InlineData("'x' in inputs.missing", false)]
    [InlineData("not 'x' == 'y'", true)]
    [InlineData("not not inputs.yes", true)]
    [InlineData("inputs.list[0:2] == inputs.list[:2]", true)]
    [InlineData("1 < 2 and 2 < 1 or 3 == 3", true)]
    public void Comparisons_AreTrueOrFalse(string source, bool expected) => Assert.Equal(expected, Evaluate(source));

    [Theory]
    [InlineData("inputs.empty or 'fallback'", "fallback")]
    [InlineData("inputs.text or 'fallback'", "hello")]
    [InlineData("inputs.empty and 'never'", "")]
    [InlineData("'yes' if inputs.list else 'no'", "yes")]
    [InlineData("'yes' if inputs.nothing else 'no'", "no")]
    [InlineData("'yes' if 0 else 'zero' if 0.0 else 'neither'", "neither")]
    [InlineData("'yes' if false", null)]
    [InlineData("'ok' if ran else 'no'", "ok")]
    [InlineData("'ok' if silent else 'no'", "ok")]
    [InlineData("'ok' if skipped else 'no'", "no")]
    [InlineData("(skipped or ran).decision", "human")]
    public void Truthiness_IsPythons(string source, object? expected) => Assert.Equal(expected, Evaluate(source));

    [Theory]
    [InlineData("length('abc')", 3L)]
    [InlineData("length(null)", 0L)]
    [InlineData("length(inputs.map)", 1L)]
    [InlineData("lower('AbC')", "abc")]
    [InlineData("upper(inputs.missing)", null)]
    [InlineData("default(inputs.empty, 'd')", "d")]
    [InlineData("default(false, 'd')", false)]
    [InlineData("default(0, 'd')", 0L)]
    [InlineData("round(2.5)", 3L)]
    [InlineData("round(2.345, 2)", 2.35)]
    [InlineData("join(inputs.names)", "ada, bob")]
    [InlineData("now()", "2026-03-02T09:00:00.000Z")]
    [InlineData("calculate_response_time()", 0.0)]
    public void Functions_Compute(string source, object? expected) => Assert.Equal(expected, Evaluate(source));

    [Theory]
    [InlineData("", 0, "the expression is empty")]
    [InlineData("   ", 3, "the expression is empty")]
    [InlineData("inputs.", 7, "a field's name is expected")]
    [InlineData("inputs.list[", 12, "ends too early")]
    [InlineData("inputs.list[1:2:3]", 15, "slices have no step")]
    [InlineData("inputs.list[1", 13, "']' is expected")]
    [InlineData("(1 + 2", 6, "')' is expected")]
    [InlineData("1 +", 3, "ends too early")]
    [InlineData("1 2", 2, "'2' is not expected here")]
    [InlineData("inpust.content", 0, "nothing is called 'inpust'")]
    [InlineData("1 + unknown", 4, "nothing is called 'unknown'")]
    [InlineData("inputs.a | lower", 9, "filters (|) are not supported")]
    [InlineData("inputs.a = 1", 9, "'=' assigns nothing")]
    [InlineData("!inputs.a", 0, "'!' is not an operator")]
    [InlineData("inputs.a && true", 9, "'&' is not an operator")]
    [InlineData("1 < 2 < 3", 6, "comparisons can't be chained")]
    [InlineData("'open", 0, "a text is not closed")]
    [InlineData("'a\\q'", 2, "an unknown escape")]
    [InlineData("1e", 1, "exponent has no digits")]
    [InlineData("3abc", 0, "neither a number nor a name")]
    [InlineData("1e999", 0, "too large")]
    [InlineData("lenght(inputs.text)", 0, "there is no function 'lenght'")]
    [InlineData("length()", 0, "length takes 1 argument, not 0")]
    [InlineData("1 + now(1)", 4, "now takes no argument, not 1")]
    [InlineData("round(1, 2, 3)", 0, "round takes 1 to 2 arguments, not 3")]
    [InlineData("{'a': 1}", 0, "'{' does not belong")]
    [InlineData("a ä", 2, "'ä' does not belong")]
    [InlineData("if", 0, "'if' is not expected here")]
    public void BadSyntax_IsRefused_AtItsPlace(string source, int offset, string message)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ExpressionParser.Parse(source, Roots));

        Assert.Contains(message, fault.Problem, StringComparison.Ordinal);
        Assert.Equal(offset, fault.Offset);
        Assert.NotEmpty(fault.Fix);
    }

    [Theory]
    [InlineData("inputs.text - 1", "'-' can't be used between a text and a number")]
    [InlineData("1 + inputs.list", "'+' can't be used between a number and a list")]
    [InlineData("1 / 0", "divided by zero")]
    [InlineData("1 % 0", "divided by zero")]
    [InlineData("-inputs.text", "'-' can't be used")]
    [InlineData("length(3)", "length of a number")]
    [InlineData("lower(inputs.map)", "lower of a map")]
    [InlineData("join('text')", "join of a text")]
    public void ValuesThatDoNotFit_AreRefused_ByKind(string source, string message) =>
        Assert.Contains(message, Assert.Throws<PipelineFormatException>(() => Evaluate(source)).Problem, StringComparison.Ordinal);

    [Fact]
    public void HugeExpressions_AreRefused()
    {
        string[] huge =
        [
            new string('(', 60) + "1" + new string(')', 60),
            string.Concat(Enumerable.Repeat("not ", 60)) + "1",
            new string('-', 60) + "1",
            string.Join(" + ", Enumerable.Repeat("1", 600)),
            "'" + new string('x', 5_000) + "'",
            "inputs" + string.Concat(Enumerable.Repeat("[inputs", 60)) + new string(']', 60),
            string.Concat(Enumerable.Repeat("1 if 1 else ", 60)) + "1",
        ];

        Assert.All(huge, source => Assert.Throws<PipelineFormatException>(() => ExpressionParser.Parse(source, Roots)));
    }

    [Fact]
    public void RandomText_IsParsedOrRefused_AndEvaluatesOrRefuses()
    {
        string[] words =
        [
            "inputs", "inputs.list", "inputs.text", "context.tiers", "ran", "skipped.x", ".", "[", "]", "[-5:]", ":", "(", ")", ",", "+", "-", "*", "/", "%",
            "==", "!=", "<", ">=", "and", "or", "not", "in", "if", "else", "null", "true", "0", "1", "2.5", "'a'", "\"b\"", "length(", "join(", "round(", "now()",
            "default(", "lower(", "'", "}}", "{{", "é", "\\", "9999999999999999999", "\0",
        ];
        const int Seed = 20260302;
        var random = new Random(Seed);
        var evaluated = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var source = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                Evaluate(source);
                evaluated++;
            }
            catch (PipelineFormatException fault)
            {
                Assert.InRange(fault.Offset, 0, source.Length);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {Seed}, round {round}: {source}\n{fault}");
            }
        }

        Assert.InRange(evaluated, 500, 19_999); // the words are such that some make sense
    }
}
