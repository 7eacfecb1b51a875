using CustomerService.Pipelines.Actions;

namespace CustomerService.Pipelines.Expressions;

/// <summary>What an expression reads when it is evaluated.</summary>
/// <param name="Roots">The values of the names that expressions begin with, by slot (see <see cref="RootNames"/>).</param>
internal sealed record EvaluationScope(object?[] Roots, RunScope Run);

/// <summary>A parsed expression. Evaluating it changes nothing and never re-reads a value as an expression.</summary>
internal abstract class Expression
{
    /// <exception cref="Definitions.PipelineFormatException">An operator or function met values that it is not for.</exception>
    public abstract object? Evaluate(EvaluationScope scope);
}

internal sealed class ConstantExpression(object? value) : Expression
{
    public object? Value { get; } = value;

    public override object? Evaluate(EvaluationScope scope) => Value;
}

/// <summary><c>inputs</c>, <c>context</c> or a task's outputs.</summary>
internal sealed class RootExpression(int slot) : Expression
{
    public override object? Evaluate(EvaluationScope scope) => scope.Roots[slot];
}

/// <summary><c>target.name</c> and <c>target['name']</c>; null where there is no such field.</summary>
internal sealed class FieldExpression(Expression target, string name) : Expression
{
    public override object? Evaluate(EvaluationScope scope) => Values.Field(target.Evaluate(scope), name);
}

/// <summary><c>target[index]</c>; null where there is nothing.</summary>
internal sealed class IndexExpression(Expression target, Expression index) : Expression
{
    public override object? Evaluate(EvaluationScope scope) => Values.Item(target.Evaluate(scope), index.Evaluate(scope));
}

/// <summary><c>target[from:to]</c> of a list or a text.</summary>
internal sealed class SliceExpression(Expression target, Expression? from, Expression? to) : Expression
{
    public override object? Evaluate(EvaluationScope scope) =>
        Values.Slice(target.Evaluate(scope), from?.Evaluate(scope), to?.Evaluate(scope));
}

internal sealed class NotExpression(Expression operand) : Expression
{
    public override object? Evaluate(EvaluationScope scope) => Values.Boxed(!Values.IsTrue(operand.Evaluate(scope)));
}

internal sealed class NegativeExpression(Expression operand) : Expression
{
    public override object? Evaluate(EvaluationScope scope) => Values.Negate(operand.Evaluate(scope));
}

/// <summary><c>a and b</c>, <c>a or b</c>: gives the value that decided, as in Python.</summary>
internal sealed class EitherExpression(Expression left, Expression right, bool or) : Expression
{
    public override object? Evaluate(EvaluationScope scope)
    {
        var first = left.Evaluate(scope);
        return Values.IsTrue(first) == or ? first : right.Evaluate(scope);
    }
}

/// <summary><c>then if condition else otherwise</c>.</summary>
internal sealed class ChoiceExpression(Expression then, Expression condition, Expression otherwise) : Expression
{
    public override object? Evaluate(EvaluationScope scope) =>
        Values.IsTrue(condition.Evaluate(scope)) ? then.Evaluate(scope) : otherwise.Evaluate(scope);
}

/// <summary>A comparison or an arithmetic operation.</summary>
internal sealed class OperatorExpression(Expression left, Expression right, Func<object?, object?, object?> operation) : Expression
{
    public override object? Evaluate(EvaluationScope scope) => operation(left.Evaluate(scope), right.Evaluate(scope));
}

internal sealed class CallExpression(ExpressionFunction function, Expression[] arguments) : Expression
{
    public override object? Evaluate(EvaluationScope scope)
    {
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments[i].Evaluate(scope);
        return function.Call(scope, values);
    }
}

/// <summary><c>[a, b, c]</c>.</summary>
internal sealed class ListExpression(Expression[] items) : Expression
{
    public override object? Evaluate(EvaluationScope scope)
    {
        var values = new object?[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(scope);
        return values;
    }
}

/// <summary>Text with templates in it: the parts' texts, one after the other.</summary>
internal sealed class JoinExpression(Expression[] parts) : Expression
{
    public override object? Evaluate(EvaluationScope scope)
    {
        var texts = new string[parts.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Values.ToText(parts[i].Evaluate(scope));
        return string.Concat(texts);
    }
}
