using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Expressions;

/// <summary>
/// The arithmetic of expressions. Null makes the result null, so that a skipped task's field does not break a run;
/// whole numbers stay whole until they overflow; a fault names the two values' kinds.
/// </summary>
internal static class Arithmetic
{
    /// <summary>Also joins two texts or two lists.</summary>
    public static object? Add(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => Bounded(a, b),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Concat(b).ToArray(),
        _ => Numbers("+", left, right, (a, b) => checked(a + b), (a, b) => a + b),
    };

    public static object? Subtract(object? left, object? right) => Numbers("-", left, right, (a, b) => checked(a - b), (a, b) => a - b);

    public static object? Multiply(object? left, object? right) => Numbers("*", left, right, (a, b) => checked(a * b), (a, b) => a * b);

    /// <summary>Always a fraction: <c>7 / 2</c> is 3.5.</summary>
    public static object? Divide(object? left, object? right) =>
        Numbers("/", left, right, null, (a, b) => b == 0 ? throw ByZero() : a / b);

    /// <summary>The remainder has the divisor's sign, as in Python.</summary>
    public static object? Remainder(object? left, object? right) => Numbers(
        "%", left, right,
        (a, b) => b switch { 0 => throw ByZero(), -1 => 0, _ => (a % b + b) % b },
        (a, b) => b == 0 ? throw ByZero() : a - (b * Math.Floor(a / b)));

    private static object? Numbers(string sign, object? left, object? right, Func<long, long, long>? whole, Func<double, double, double> real)
    {
        if (left is null || right is null)
            return null;
        if (whole is not null && Values.Whole(left) is { } a && Values.Whole(right) is { } b)
        {
            try
            {
                return whole(a, b);
            }
            catch (OverflowException)
            {
                return real(a, b);
            }
        }

        if (Values.Number(left) is { } x && Values.Number(right) is { } y)
            return real(x, y);
        var hint = sign == "+" ? "put two templates side by side to join texts" : "use numbers on both sides";
        throw new PipelineFormatException($"'{sign}' can't be used between {Values.KindOf(left)} and {Values.KindOf(right)}", hint);
    }

    private static string Bounded(string a, string b) => a.Length + b.Length <= Values.MaxText
        ? a + b
        : throw new PipelineFormatException($"a joined text is longer than {Values.MaxText:N0} characters", "join less");

    private static PipelineFormatException ByZero() => new("a number is divided by zero", "test the divisor first: a / b if b else 0");
}
