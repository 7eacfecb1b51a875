using System.Collections.Immutable;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Quality;

/// <summary>Ways to reach somebody that may be shown to this reader: the company's own, or the reader's.</summary>
internal static class OwnContacts
{
    /// <summary>Whether a detail is one of the given contacts, however either is written.</summary>
    public static bool Include(ImmutableArray<string> own, PersonalDetail detail)
    {
        foreach (var contact in own)
        {
            if (AreSame(detail, contact))
                return true;
        }

        return false;
    }

    /// <summary>Whether a detail is what a text writes in its own way.</summary>
    public static bool AreSame(PersonalDetail found, string written) => found.Kind switch
    {
        DetailKind.Telephone => DigitsOf(written) is { Length: >= 7 } digits && DigitsOf(found.Value) is var number
            && (number.EndsWith(digits.TrimStart('0'), StringComparison.Ordinal) || digits.EndsWith(number.TrimStart('0'), StringComparison.Ordinal)),
        DetailKind.Address => LettersOf(written) is { Length: > 4 } address && LettersOf(found.Value) is var place
            && (address.Contains(place, StringComparison.Ordinal) || place.Contains(address, StringComparison.Ordinal)),
        _ => string.Equals(written, found.Value, StringComparison.OrdinalIgnoreCase),
    };

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string LettersOf(string text) => string.Concat(PlainText.Of(text).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
