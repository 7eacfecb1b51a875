using System.Globalization;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Assistants.Tools.Shop;

/// <summary>Plain arithmetic, so that nobody has to trust a model's.</summary>
internal static class Calculate
{
    private const string Allowed = "0123456789+-*/(). ";

    public static ITool Tool { get; } = new ShopTool(
        new("calculate", "Works out an arithmetic expression, rounded to cents.", "calculate",
            [new("expression", ToolParameterType.Text, "Numbers with + - * / and parentheses, such as '19.99 * 2'.")])
        { NeedsIdentity = false },
        (call, _) => ValueTask.FromResult(Of(call.Text("expression")!)));

    private static ToolResult Of(string expression)
    {
        // Nothing but numbers can be in it, so there is no scope for it to read.
        if (expression.Any(letter => !Allowed.Contains(letter, StringComparison.Ordinal)))
            return new ToolResult.Refused(ToolRefusals.BadArguments, "write numbers with + - * / and parentheses only");
        try
        {
            var value = Values.Number(ExpressionParser.Parse(expression, RootNames.Only()).Root.Evaluate(new EvaluationScope([], null!)));
            return value is { } number && double.IsFinite(number)
                ? new ToolResult.Done(Math.Round(number, 2, MidpointRounding.AwayFromZero).ToString("0.0#", CultureInfo.InvariantCulture))
                : new ToolResult.Refused(ToolRefusals.BadArguments, "it has no number as its result");
        }
        catch (PipelineFormatException problem)
        {
            return new ToolResult.Refused(ToolRefusals.BadArguments, problem.Problem);
        }
    }
}
