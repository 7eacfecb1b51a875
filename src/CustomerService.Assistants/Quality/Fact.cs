namespace CustomerService.Assistants.Quality;

/// <summary>What kind of checkable thing a text states.</summary>
internal enum FactKind
{
    Number,
    Money,
    Date,
    OrderNumber,
    WebAddress,
}

/// <summary>Something in a text that must come from somewhere: a number, an amount, a date, an order number, a web address.</summary>
/// <param name="Value">In one way of writing: amounts without thousands separators, dates as ISO days, addresses in lower case.</param>
/// <param name="Unit">What a number counts, such as <c>day</c>; null where none is said.</param>
internal readonly record struct Fact(FactKind Kind, string Value, string? Unit = null)
{
    /// <summary>Whether a source that states <paramref name="known"/> bears this out.</summary>
    public bool RestsOn(Fact known)
    {
        if (Value != known.Value)
            return false;
        return Kind switch
        {
            FactKind.Money => known.Kind is FactKind.Money or FactKind.Number && known.Unit is null,
            FactKind.Number => known.Kind == FactKind.Number && (Unit is null || Unit == known.Unit),
            _ => known.Kind == Kind,
        };
    }
}
