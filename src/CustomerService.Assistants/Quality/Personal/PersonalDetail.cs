namespace CustomerService.Assistants.Quality.Personal;

/// <summary>What a detail is; the first ones win where two readings of a text overlap.</summary>
public enum DetailKind
{
    /// <summary>A payment card's number.</summary>
    Card,

    /// <summary>An international bank account number.</summary>
    BankAccount,

    /// <summary>A number that a state gave to one person.</summary>
    NationalId,

    /// <summary>A password, a code that proves who one is, a key of a program.</summary>
    Secret,

    Email,

    /// <summary>Where somebody lives.</summary>
    Address,

    Telephone,
}

/// <summary>A detail of a person that was found in a text.</summary>
/// <param name="Name">In words, such as <c>card number</c> or <c>social security number</c>.</param>
/// <param name="Value">As it reads without separators; never to be logged.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">How many units of the text it takes.</param>
public readonly record struct PersonalDetail(DetailKind Kind, string Name, string Value, int Start, int Length)
{
    /// <summary>Whether it is never shown and never passed on, not even to its owner: cards, accounts, national ids and secrets.</summary>
    public bool IsGuarded => Kind is DetailKind.Card or DetailKind.BankAccount or DetailKind.NationalId or DetailKind.Secret;

    /// <summary>What stands in its place in a redacted text.</summary>
    public string Mark => MarkOf(Kind);

    /// <summary>What stands in a redacted text in the place of a detail of a kind.</summary>
    public static string MarkOf(DetailKind kind) => kind switch
    {
        DetailKind.Card => "[card]",
        DetailKind.BankAccount => "[iban]",
        DetailKind.NationalId => "[national id]",
        DetailKind.Secret => "[secret]",
        DetailKind.Email => "[email]",
        DetailKind.Address => "[address]",
        _ => "[phone]",
    };
}

/// <summary>A detail in a text as <see cref="MappedText"/> gives it.</summary>
internal readonly record struct Finding(DetailKind Kind, string Name, int Start, int End, string Value)
{
    public bool Overlaps(Finding other) => Start < other.End && other.Start < End;
}
