using System.Collections.Frozen;

namespace CustomerService.Pipelines.Expressions;

/// <summary>An operator between two operands.</summary>
/// <param name="Power">Higher binds tighter.</param>
/// <param name="Words">How many words it is written with.</param>
internal sealed record ExpressionOperator(int Power, int Words, Func<Expression, Expression, Expression> Make)
{
    public const int Not = 3;
    public const int Comparison = 4;
    public const int Highest = 7;

    public static ExpressionOperator NotIn { get; } = Of(Comparison, (item, list) => Values.Boxed(!Values.Contains(list, item)), 2);

    private static readonly FrozenDictionary<string, ExpressionOperator> All = new Dictionary<string, ExpressionOperator>
    {
        ["or"] = new(1, 1, (left, right) => new EitherExpression(left, right, or: true)),
        ["and"] = new(2, 1, (left, right) => new EitherExpression(left, right, or: false)),
        ["=="] = Of(Comparison, (left, right) => Values.Boxed(Values.AreEqual(left, right))),
        ["!="] = Of(Comparison, (left, right) => Values.Boxed(!Values.AreEqual(left, right))),
        ["<"] = Of(Comparison, (left, right) => Values.Boxed(Values.Compare(left, right) < 0)),
        ["<="] = Of(Comparison, (left, right) => Values.Boxed(Values.Compare(left, right) <= 0)),
        [">"] = Of(Comparison, (left, right) => Values.Boxed(Values.Compare(left, right) > 0)),
        [">="] = Of(Comparison, (left, right) => Values.Boxed(Values.Compare(left, right) >= 0)),
        ["in"] = Of(Comparison, (item, list) => Values.Boxed(Values.Contains(list, item))),
        ["+"] = Of(5, Arithmetic.Add),
        ["-"] = Of(5, Arithmetic.Subtract),
        ["*"] = Of(6, Arithmetic.Multiply),
        ["/"] = Of(6, Arithmetic.Divide),
        ["%"] = Of(6, Arithmetic.Remainder),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ExpressionOperator? Find(string written) => All.GetValueOrDefault(written);

    private static ExpressionOperator Of(int power, Func<object?, object?, object?> operation, int words = 1) =>
        new(power, words, (left, right) => new OperatorExpression(left, right, operation));
}
