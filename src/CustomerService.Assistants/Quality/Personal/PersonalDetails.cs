using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// Finds details that identify a person or open their money and accounts, in the five languages: however they are spaced, in full-width or
/// other scripts' digits, with invisible characters between, spelled out, or split over messages. Pure and safe for any text.
/// </summary>
public static class PersonalDetails
{
    internal const int EarlierTexts = 4;

    /// <summary>The details in a text, in the order of their places.</summary>
    /// <param name="earlier">What the same person wrote just before, oldest first: a number that began there and ends here is found too.</param>
    public static ImmutableArray<PersonalDetail> FindIn(string text, IReadOnlyList<string>? earlier = null)
    {
        var mapped = MappedText.Of(text);
        var found = Found(mapped.Text);
        if (earlier is { Count: > 0 })
            SplitDetails.Add([.. earlier.Skip(earlier.Count - EarlierTexts)], mapped.Text, found);
        return found.Count == 0 ? [] : [.. Undisputed(found).Select(finding => Told(finding, mapped))];
    }

    /// <summary>All readings of a plain text, some of which may overlap.</summary>
    internal static List<Finding> Found(string plain)
    {
        var found = new List<Finding>();
        Emails.FindIn(plain, found);
        Secrets.FindIn(plain, found);
        if (plain.AsSpan().IndexOfAnyInRange('0', '9') < 0)
            return found;
        CardNumber.FindIn(plain, found);
        ToldCodes.FindIn(plain, found);
        Iban.FindIn(plain, found);
        NationalIds.FindIn(plain, found);
        PostalAddresses.FindIn(plain, found);
        Telephones.FindIn(plain, found);
        return found;
    }

    private static List<Finding> Undisputed(List<Finding> found)
    {
        // Part of an account's number may pass a card's check by chance; the whole passes a harder one.
        found.RemoveAll(part => part.Kind == DetailKind.Card && found.Exists(whole => whole.Kind == DetailKind.BankAccount && whole.Start <= part.Start && whole.End >= part.End));
        var kept = new List<Finding>(found.Count);
        foreach (var finding in found.OrderBy(finding => finding.Kind).ThenByDescending(finding => finding.End - finding.Start))
        {
            if (!kept.Exists(finding.Overlaps))
                kept.Add(finding);
        }

        kept.Sort((one, other) => one.Start.CompareTo(other.Start));
        return kept;
    }

    private static PersonalDetail Told(Finding finding, MappedText text)
    {
        var start = text.OriginOf(finding.Start);
        return new(finding.Kind, finding.Name, finding.Value, start, text.OriginOf(finding.End) - start);
    }
}
