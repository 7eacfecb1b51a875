namespace CustomerService.Assistants.Quality;

/// <summary>A detail of a person that was found in a text.</summary>
/// <param name="Kind"><c>card number</c>, <c>IBAN</c>, <c>social security number</c>, <c>e-mail address</c> or <c>telephone number</c>.</param>
/// <param name="Value">As found, without separators.</param>
public readonly record struct PersonalDetail(string Kind, string Value);

/// <summary>Finds details that identify a person or their money. Works on text as <see cref="PlainText"/> gives it.</summary>
internal static class PersonalDetails
{
    public const string Card = "card number";
    public const string BankAccount = "IBAN";
    public const string SocialSecurity = "social security number";
    public const string Email = "e-mail address";
    public const string Telephone = "telephone number";

    public static List<PersonalDetail> FindIn(string plain)
    {
        var found = new List<PersonalDetail>();
        FindEmails(plain, found);
        if (plain.AsSpan().IndexOfAnyInRange('0', '9') < 0)
            return found;
        FindBankAccounts(plain, found);
        foreach (var run in DigitRuns.In(plain))
            Classify(plain, run, found);
        return found;
    }

    private static void Classify(string plain, DigitRun run, List<PersonalDetail> found)
    {
        if (CardNumber.FindIn(run) is { } card)
            found.Add(new(Card, card));
        else if (IsSocialSecurity(plain, run))
            found.Add(new(SocialSecurity, run.Digits));
        else if (IsTelephone(plain, run))
            found.Add(new(Telephone, run.Digits));
    }

    // Area 000, 666 and 900–999, group 00 and serial 0000 are never given out.
    private static bool IsSocialSecurity(string plain, DigitRun run)
    {
        if (run.Digits.Length != 9 || run.Touches(plain))
            return false;
        var d = run.Digits;
        var possible = d[..3] is not ("000" or "666") && d[0] != '9' && d[3..5] != "00" && d[5..] != "0000";
        if (!possible)
            return false;
        if (run.Groups is [3, 2, 4])
            return true;
        var before = plain.AsSpan(Math.Max(0, run.Start - 30), Math.Min(30, run.Start));
        return run.Groups.Count == 1
            && (before.Contains("ssn", StringComparison.OrdinalIgnoreCase) || before.Contains("social security", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsTelephone(string plain, DigitRun run)
    {
        if (run.Touches(plain))
            return false;
        var international = run.Start > 0 && plain[run.Start - 1] == '+';
        if (international)
            return run.Digits.Length is >= 8 and <= 15;
        return run.Digits.Length == 10 && run.Groups is [3, 3, 4] || (run.Digits.Length == 11 && run.Groups is [1, 3, 3, 4]);
    }

    private static void FindEmails(string plain, List<PersonalDetail> found)
    {
        for (var at = plain.IndexOf('@', StringComparison.Ordinal); at >= 0; at = plain.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && IsAddressCharacter(plain[start - 1]))
                start--;
            var end = at + 1;
            while (end < plain.Length && (char.IsAsciiLetterOrDigit(plain[end]) || plain[end] is '.' or '-'))
                end++;
            var domain = plain.AsSpan(at + 1, end - at - 1).TrimEnd('.').TrimEnd('-');
            if (start < at && domain.Contains('.') && domain[0] != '.')
                found.Add(new(Email, string.Concat(plain.AsSpan(start, at - start).TrimStart('.'), "@", domain)));
        }
    }

    private static bool IsAddressCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-';

    private static void FindBankAccounts(string plain, List<PersonalDetail> found)
    {
        for (var i = 0; i + 15 <= plain.Length; i++)
        {
            if (char.IsAsciiLetter(plain[i]) && char.IsAsciiLetter(plain[i + 1]) && char.IsAsciiDigit(plain[i + 2]) && char.IsAsciiDigit(plain[i + 3])
                && (i == 0 || !char.IsAsciiLetterOrDigit(plain[i - 1])) && Iban.At(plain, i) is { } iban)
            {
                found.Add(new(BankAccount, iban));
                i += iban.Length - 1;
            }
        }
    }
}
