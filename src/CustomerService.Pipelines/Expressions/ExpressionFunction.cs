using System.Collections.Frozen;
using System.Globalization;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Expressions;

/// <summary>A function that expressions can call. All of them are plain: they read values and the run's clock, nothing else.</summary>
/// <param name="Signature">As people write it.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
internal sealed record ExpressionFunction(string Signature, int Least, int Most, Func<EvaluationScope, object?[], object?> Call)
{
    private static readonly FrozenDictionary<string, ExpressionFunction> All = new ExpressionFunction[]
    {
        new("calculate_response_time()", 0, 0, (scope, _) => ResponseTime(scope)),
        new("now()", 0, 0, (scope, _) => scope.Run.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
        new("length(value)", 1, 1, (_, args) => Length(args[0])),
        new("lower(text)", 1, 1, (_, args) => Text("lower", args[0])?.ToLowerInvariant()),
        new("upper(text)", 1, 1, (_, args) => Text("upper", args[0])?.ToUpperInvariant()),
        new("default(value, fallback)", 2, 2, (_, args) => Values.IsTrue(args[0]) || args[0] is false or 0L or 0d ? args[0] : args[1]),
        new("round(number, digits)", 1, 2, (_, args) => Round(args[0], args.Length > 1 ? args[1] : 0L)),
        new("join(list, separator)", 1, 2, (_, args) => Join(args[0], args.Length > 1 ? Values.ToText(args[1]) : ", ")),
    }.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    public string Name { get; } = Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];

    public string Arity => Most switch
    {
        0 => "no argument",
        _ when Least == Most => $"{Most} argument{(Most == 1 ? "" : "s")}",
        _ => $"{Least} to {Most} arguments",
    };

    /// <exception cref="PipelineFormatException">There is none of that name.</exception>
    public static ExpressionFunction Find(string name, int offset) => All.GetValueOrDefault(name)
        ?? throw new PipelineFormatException($"there is no function '{name}'", Suggestion.For(name, All.Keys), offset);

    /// <summary>Seconds since the customer's message was received.</summary>
    private static double ResponseTime(EvaluationScope scope) =>
        Math.Round(Math.Max(0, (scope.Run.Time.GetUtcNow() - scope.Run.Context.Message.ReceivedAt).TotalSeconds), 3);

    private static long Length(object? value) => value switch
    {
        null => 0,
        string text => text.Length,
        IReadOnlyCollection<object?> list => list.Count,
        IReadOnlyCollection<KeyValuePair<string, object?>> map => map.Count,
        _ => throw new PipelineFormatException($"length of {Values.KindOf(value)}", "give it a text, a list or a map"),
    };

    private static string? Text(string function, object? value) => value switch
    {
        null => null,
        string text => text,
        _ => throw new PipelineFormatException($"{function} of {Values.KindOf(value)}", "give it a text"),
    };

    private static object? Round(object? value, object? digits)
    {
        if (value is null || Values.Whole(value) is not null)
            return value;
        if (Values.Number(value) is not { } number || Values.Whole(digits) is not { } places)
            throw new PipelineFormatException($"round of {Values.KindOf(value)}", "give it a number, and how many digits");
        var rounded = Math.Round(number, (int)Math.Clamp(places, 0, 15), MidpointRounding.AwayFromZero);
        return places == 0 && Math.Abs(rounded) < 1e15 ? (object)(long)rounded : rounded;
    }

    private static string? Join(object? list, string separator) => list switch
    {
        null => null,
        IReadOnlyList<object?> items => string.Join(separator, items.Select(Values.ToText)),
        _ => throw new PipelineFormatException($"join of {Values.KindOf(list)}", "give it a list"),
    };
}
