using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Routing;

/// <summary>When a filter of a workflow fits: an expression over what is known of a message, as pipelines write conditions.</summary>
public sealed class RouteCondition
{
    /// <summary>What the expression can read.</summary>
    internal static readonly ImmutableArray<string> Names = ["intent", "tier", "language", "channel", "sentiment", "urgency", "priority"];

    private static readonly RootNames Roots = RootNames.Only([.. Names]);

    private static readonly string[] OfRuns = ["now", "calculate_response_time"];

    private readonly ParsedExpression _parsed;

    private RouteCondition(ParsedExpression parsed) => _parsed = parsed;

    /// <summary>As it is written.</summary>
    public string Source => _parsed.Source;

    internal IEnumerable<int> Slots => _parsed.References.Select(reference => reference.Slot).Distinct();

    /// <exception cref="PipelineFormatException">It is no such expression; the offset says where.</exception>
    public static RouteCondition Parse(string source)
    {
        var parsed = ExpressionParser.Parse(source, Roots);
        if (parsed.References.FirstOrDefault(reference => reference.Field is not null) is { } deep)
            throw new PipelineFormatException($"'{deep.Root}' has no fields", $"write {deep.Root} alone", deep.FieldOffset);
        foreach (var token in new ExpressionLexer(source, inTemplate: false).Read(0))
        {
            if (token.Kind == TokenKind.Name && OfRuns.Contains(token.Written, StringComparer.Ordinal))
                throw new PipelineFormatException($"{token.Written}() can't be asked here", $"compare {string.Join(", ", Names)}", token.Start);
        }

        return new RouteCondition(parsed);
    }

    /// <param name="priority">0…10, after the rules' points.</param>
    public bool Holds(RoutingQuestion question, int priority)
    {
        try
        {
            return Holds([question.Intent, question.Tier, question.Language, question.Channel, question.Sentiment, question.Urgency, (long)priority]);
        }
        catch (PipelineFormatException)
        {
            return false; // Two values that can't be compared, as no check could foresee: it does not fit.
        }
    }

    /// <param name="values">In the order of <see cref="Names"/>.</param>
    /// <exception cref="PipelineFormatException">An operator met values that it is not for.</exception>
    internal bool Holds(object?[] values) => Values.IsTrue(_parsed.Root.Evaluate(new EvaluationScope(values, null!)));

    public override string ToString() => Source;
}
