namespace CustomerService.Assistants.Quality.Claims;

/// <summary>What kind of checkable thing a text states.</summary>
internal enum FactKind
{
    Number,
    Money,
    Date,
    OrderNumber,
    WebAddress,

    /// <summary>That something costs nothing.</summary>
    Free,
}

/// <summary>Something in a text that must come from somewhere: a number, an amount, a date, an order number, a web address.</summary>
/// <param name="Value">In one way of writing: amounts without thousands separators, dates as ISO days (<c>--12-24</c> without a year), addresses in lower case.</param>
/// <param name="Unit">What a number counts, such as <c>day</c> or <c>business day</c>, in English whatever the text's language; an amount's currency; null where none is said.</param>
internal readonly record struct Fact(FactKind Kind, string Value, string? Unit = null)
{
    /// <summary>Another reading: 1.234 is a thousand and more in Madrid, and 12/11 is November in Paris.</summary>
    public string? OtherValue { get; init; }

    /// <summary>Whether a source that states <paramref name="known"/> bears this out.</summary>
    public bool RestsOn(Fact known) => Kind switch
    {
        FactKind.Money => known.Kind is FactKind.Money or FactKind.Number && SameValue(known)
            && (known.Kind == FactKind.Money ? Unit is null || known.Unit is null || Unit == known.Unit : known.Unit is null),
        FactKind.Number => known.Kind == FactKind.Number && SameValue(known) && (Unit is null || Unit == known.Unit),
        FactKind.Date => known.Kind == FactKind.Date && (SameValue(known) || SameDay(known)),
        _ => known.Kind == Kind && SameValue(known),
    };

    private bool SameValue(Fact known) =>
        Value == known.Value || (OtherValue is not null && OtherValue == known.Value) || (known.OtherValue is not null && (known.OtherValue == Value || (OtherValue is not null && known.OtherValue == OtherValue)));

    // "On 24 December" of a source that names the year as well.
    private bool SameDay(Fact known) => Value.StartsWith("--", StringComparison.Ordinal)
        && (known.Value.EndsWith(Value.AsSpan(1), StringComparison.Ordinal) || known.OtherValue?.EndsWith(Value.AsSpan(1), StringComparison.Ordinal) == true);

    /// <summary>For people.</summary>
    public override string ToString() => Kind switch
    {
        FactKind.Money => Unit is null ? Value : $"{Value} {Unit}",
        FactKind.Number when Unit is not null => $"{Value} {Unit}",
        FactKind.Free => "free of charge",
        _ => Value,
    };
}
