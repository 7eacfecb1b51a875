using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Identity;

/// <summary>
/// What a customer said about themselves to prove who they are. Proven is: email address and postcode, or full name and postcode,
/// of one and the same customer. A proof names one person: whoever offers several email addresses or a list of postcodes is guessing,
/// and has offered none.
/// </summary>
/// <param name="Email">The one address offered.</param>
/// <param name="PostalCodes">Postcodes offered: at most <see cref="MostPostalCodes"/>, since a house number can look like one.</param>
/// <param name="Names">Full names that the text may mean, likeliest first: at most <see cref="MostNames"/>.</param>
public sealed record CustomerProof(string? Email, ImmutableArray<string> PostalCodes, ImmutableArray<string> Names)
{
    public const int MostPostalCodes = 2;
    public const int MostNames = 3;

    public static CustomerProof Nothing { get; } = new(null, [], []);

    /// <summary>Whether there is enough to compare: a postcode, and an email address or a name.</summary>
    public bool IsComplete => !PostalCodes.IsEmpty && (Email is not null || !Names.IsEmpty);

    /// <summary>Finds the details in a message, in any order: "I'm Mei Kovacs, zip 28236", "mei@example.com 28236".</summary>
    /// <param name="text">A customer's message.</param>
    /// <param name="asked">We have just asked for these details: then a bare "mei kovacs" is a name, and not what is wrong with an order.</param>
    public static CustomerProof FindIn(string text, bool asked = false) => ProofText.Find(text, asked);

    /// <summary>Joins what was said before: "mei@example.com", then "28236". What is newer replaces what is older, so tries never pile up.</summary>
    public CustomerProof After(CustomerProof earlier) => new(
        Email ?? earlier.Email,
        PostalCodes.IsEmpty ? earlier.PostalCodes : PostalCodes,
        Names.IsEmpty ? earlier.Names : Names);

    /// <summary>Whether the details are this customer's. All are compared, in constant time, whichever of them differ.</summary>
    public bool Matches(ShopCustomer customer)
    {
        var email = Email is { } given && Same(Folded.Email(given), Folded.Email(customer.Email));
        var postalCode = false;
        foreach (var code in PostalCodes)
            postalCode |= Same(Folded.PostalCode(code), Folded.PostalCode(customer.Address.PostalCode));
        var name = false;
        foreach (var candidate in Names)
            name |= Same(Folded.Name(candidate), Folded.Name($"{customer.FirstName} {customer.LastName}"));
        return postalCode & (email | name);
    }

    /// <summary>Equal when the details are, so that "nothing said" can be told from "something said".</summary>
    public bool Equals(CustomerProof? other) =>
        other is not null && Email == other.Email && PostalCodes.SequenceEqual(other.PostalCodes) && Names.SequenceEqual(other.Names);

    public override int GetHashCode() => HashCode.Combine(Email, PostalCodes.FirstOrDefault(), Names.FirstOrDefault());

    // Hashes have one length, so not even that shows. An empty detail is never the same as anything.
    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)))
        & left.Length > 0;
}
