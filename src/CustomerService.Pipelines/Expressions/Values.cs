using System.Globalization;

namespace CustomerService.Pipelines.Expressions;

/// <summary>
/// The values of pipelines: null, bool, long, double, text, list and map. What is not there is null, never a fault.
/// </summary>
internal static class Values
{
    /// <summary>Longest text that an expression may build, in characters.</summary>
    public const int MaxText = 1_000_000;

    private static readonly object True = true;
    private static readonly object False = false;

    public static object Boxed(bool value) => value ? True : False;

    /// <summary>As in Python: null, false, 0, "" and empty lists and maps are false; the outputs of a task that ran are true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string text => text.Length > 0,
        TaskOutputs => true,
        IReadOnlyCollection<object?> list => list.Count > 0,
        IReadOnlyCollection<KeyValuePair<string, object?>> map => map.Count > 0,
        _ => Number(value) is not 0,
    };

    public static object? Field(object? target, string name) =>
        target is IReadOnlyDictionary<string, object?> map && map.TryGetValue(name, out var value) ? value : null;

    /// <summary>A list's item or a text's character by number, from the end when negative; a map's value by key.</summary>
    public static object? Item(object? target, object? index) => target switch
    {
        string text => Whole(index) is { } at && Place(at, text.Length) is { } place ? text[place].ToString() : null,
        IReadOnlyList<object?> list => Whole(index) is { } at && Place(at, list.Count) is { } place ? list[place] : null,
        _ => index is string key ? Field(target, key) : null,
    };

    public static object? Slice(object? target, object? from, object? to)
    {
        if (target is not (string or IReadOnlyList<object?>))
            return null;
        var length = target is string whole ? whole.Length : ((IReadOnlyList<object?>)target).Count;
        var start = Bound(Whole(from) ?? 0, length);
        var end = Math.Max(start, Bound(Whole(to) ?? length, length));
        if (start == 0 && end == length)
            return target;
        if (target is string text)
            return text[start..end];
        var list = (IReadOnlyList<object?>)target;
        var slice = new object?[end - start];
        for (var i = 0; i < slice.Length; i++)
            slice[i] = list[start + i];
        return slice;
    }

    public static bool Contains(object? container, object? item) => container switch
    {
        string text => item is string part && text.Contains(part, StringComparison.Ordinal),
        IReadOnlyList<object?> list => list.Any(one => AreEqual(one, item)),
        IReadOnlyDictionary<string, object?> map => item is string key && map.ContainsKey(key),
        _ => false,
    };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
            a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && AreEqual(entry.Value, other)),
        _ when Whole(left) is { } a && Whole(right) is { } b => a == b,
        _ when Number(left) is { } a && Number(right) is { } b => a == b,
        _ => false,
    };

    /// <summary>Order of two numbers or two texts; null where there is none, so that every comparison with it is false.</summary>
    public static int? Compare(object? left, object? right)
    {
        if (left is string a && right is string b)
            return string.CompareOrdinal(a, b);
        return Number(left) is { } x && Number(right) is { } y && !double.IsNaN(x) && !double.IsNaN(y) ? x.CompareTo(y) : null;
    }

    public static object? Negate(object? value) => value switch
    {
        long.MinValue => -(double)long.MinValue,
        _ when Whole(value) is { } whole => -whole,
        _ => Arithmetic.Subtract(0L, value),
    };

    public static long? Whole(object? value) => value switch
    {
        long whole => whole,
        int whole => whole,
        _ => null,
    };

    public static double? Number(object? value) => value switch
    {
        double number => number,
        long number => number,
        int number => number,
        float number => number,
        decimal number => (double)number,
        _ => null,
    };

    /// <summary>How a value reads within a text: null is empty, lists and maps are JSON.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IReadOnlyCollection<object?> or IReadOnlyCollection<KeyValuePair<string, object?>> => PlainJson.Write(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string KindOf(object? value) => value switch
    {
        null => "nothing",
        bool => "true or false",
        string => "a text",
        IReadOnlyCollection<object?> => "a list",
        IReadOnlyCollection<KeyValuePair<string, object?>> => "a map",
        _ => "a number",
    };

    private static int? Place(long index, int length)
    {
        var place = index < 0 ? index + length : index;
        return place >= 0 && place < length ? (int)place : null;
    }

    private static int Bound(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);
}
