namespace CustomerService.Pipelines.Expressions;

/// <summary>
/// Reads texts with <c>{{ expression }}</c> in them. A text that is one template and nothing else keeps its value's
/// type; otherwise the parts are joined as text. What a template gives is never read as a template again.
/// </summary>
internal static class Template
{
    /// <summary>The text's expression, or null when it has no template in it.</summary>
    /// <exception cref="Definitions.PipelineFormatException">A template in it is no expression; the offset says where.</exception>
    public static ParsedExpression? Parse(string text, RootNames roots)
    {
        var open = text.IndexOf("{{", StringComparison.Ordinal);
        if (open < 0)
            return null;
        var parts = new List<Expression>();
        var references = new List<Reference>();
        var at = 0;
        for (; open >= 0; open = text.IndexOf("{{", at, StringComparison.Ordinal))
        {
            if (open > at)
                parts.Add(new ConstantExpression(text[at..open]));
            var inner = ExpressionParser.ParseTemplate(text, open + 2, roots, out at);
            if (open == 0 && at == text.Length)
                return inner;
            parts.Add(inner.Root);
            references.AddRange(inner.References);
        }

        if (at < text.Length)
            parts.Add(new ConstantExpression(text[at..]));
        return new ParsedExpression(new JoinExpression([.. parts]), references, text, IsPlainPath: false);
    }
}
