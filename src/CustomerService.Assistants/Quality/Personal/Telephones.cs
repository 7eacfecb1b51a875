using PhoneNumbers;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// Telephone numbers: international ones, and national ones of the five languages' countries as people group them there. One in a single
/// piece counts only where the text speaks of a telephone, for it may be any number.
/// </summary>
internal static class Telephones
{
    public const string Name = "telephone number";

    private static readonly string[] Regions = ["US", "ES", "FR", "DE", "JP", "GB"];
    private static readonly Lazy<PhoneNumberUtil> Plans = new(PhoneNumberUtil.GetInstance);

    public static void FindIn(string plain, List<Finding> found)
    {
        foreach (var run in DigitRuns.In(plain, 7))
        {
            if (run.Touches(plain))
                continue;
            if (PartOf(plain, run) is { } number)
                found.Add(new(DetailKind.Telephone, Name, Start(plain, number), number.End, number.Digits));
        }
    }

    /// <summary>The run, or what of it is a number: an extension or another number may follow.</summary>
    private static DigitRun? PartOf(string plain, DigitRun run)
    {
        if (IsDateLike(run) && !IsInternational(plain, run.Start))
            return null;
        for (var last = run.Groups.Count - 1; last >= 0; last--)
        {
            var part = last == run.Groups.Count - 1 ? run : run.Part(0, last);
            if (part.Digits.Length < 7)
                return null;
            if (part.Digits.Length <= 17 && IsTelephone(plain, part))
                return part;
        }

        return null;
    }

    private static bool IsTelephone(string plain, DigitRun run)
    {
        var digits = run.Digits;
        if (IsInternational(plain, run.Start))
            return IsValid("+" + digits.Replace("(0)", "", StringComparison.Ordinal), null) || IsValid("+" + WithoutTrunkZero(run), null) || (digits.Length is >= 9 and <= 15 && DetailCues.TelephoneAround(plain, run.Start - 1, run.End))
                || (digits.Length is >= 10 and <= 15 && !IsAmount(plain, run) && IsPossible("+" + WithoutTrunkZero(run)));
        if (digits.StartsWith("00", StringComparison.Ordinal) && !DetailCues.ReferenceBefore(plain, run.Start))
            return IsValid("+" + digits[2..], null) || (run.Groups.Count > 1 && digits.Length is >= 12 and <= 16 && IsPossible("+" + digits[2..]));
        if (IsDateLike(run) || IsAmount(plain, run))
            return false;
        var spokenOf = DetailCues.TelephoneAround(plain, run.Start, run.End);
        if (!spokenOf && (!IsGrouped(plain, run) || DetailCues.ReferenceBefore(plain, run.Start)))
            return false;
        return Array.Exists(Regions, region => IsValid(digits, region)) || (spokenOf && IsUnassignedAmerican(run));
    }

    // Numbers made up for films and manuals are in nobody's plan.
    private static bool IsUnassignedAmerican(DigitRun run) => run.Is(3, 3, 4) || run.Is(1, 3, 3, 4) || (run.Is(3, 4) && run.Digits[0] > '1');

    private static bool IsInternational(string plain, int start) =>
        start > 0 && (plain[start - 1] == '+' || (start > 1 && plain[start - 1] is ' ' or '(' && plain[start - 2] == '+'));

    // +49 (0)30 …: the zero is dialled only within the country.
    private static string WithoutTrunkZero(DigitRun run) => run.Groups is [var country, { Length: 1 }, ..] && run.Digits[country.Length] == '0'
        ? run.Digits.Remove(country.Length, 1)
        : run.Digits;

    /// <summary>Grouped as telephone numbers are in one of the countries, not as dates, versions or amounts.</summary>
    private static bool IsGrouped(string plain, DigitRun run)
    {
        var digits = run.Digits;
        if (run.Groups.Count == 1)
            return IsMobileInOnePiece(digits);
        if (run.Is(3, 3, 4))
            return digits[0] >= '2' && digits[3] >= '2' || digits[0] == '0';
        if (run.Is(1, 3, 3, 4))
            return digits[0] == '1';
        if (run.Is(3, 7) && run.Start > 0 && plain[run.Start - 1] == '(')
            return true;
        if (digits[0] == '0')
            return run.Groups.Count <= 6 && digits.Length is >= 9 and <= 12;
        if (digits.Length != 9 || digits[0] is not ('6' or '7' or '8' or '9'))
            return false;
        return run.Is(3, 3, 3) || run.Is(3, 2, 2, 2) || run.Is(2, 3, 2, 2) || run.Is(3, 6);
    }

    private static bool IsMobileInOnePiece(string digits) => digits.Length switch
    {
        10 => digits.StartsWith("06", StringComparison.Ordinal) || digits.StartsWith("07", StringComparison.Ordinal),
        11 => digits[..3] is "070" or "080" or "090" or "015" or "016" or "017" || digits.StartsWith("07", StringComparison.Ordinal),
        12 => digits[..3] is "015" or "016" or "017",
        _ => false,
    };

    private static bool IsDateLike(DigitRun run) =>
        (run.Groups.Count >= 3 && run.Part(0, 2).Is(2, 2, 4)) || (run.Groups.Count > 5 && run.Groups.All(group => group.Length == 2)) || (run.Groups.Count >= 3 && run.Part(0, 2).Is(4, 2, 2) && run.Digits[..2] is "19" or "20") || run.Is(4, 4) || run.Is(8);

    private static readonly CueWords Counted = new(
        "euro, dollar, pound, yen, peso, franc, franken, cent, points, puntos, punkte, usd, eur, gbp, jpy, chf, kg, km, mm, stück, pieces, unidades, pièces, ポイント, 個, ドル, ユーロ");

    private static bool IsAmount(string plain, DigitRun run)
    {
        var rest = plain.AsSpan(run.End).TrimStart(' ');
        return (run.Start > 0 && plain[run.Start - 1] is '$' or '€' or '£' or '¥' or ',')
            || (rest.Length > 0 && rest[0] is '$' or '€' or '£' or '¥' or '円')
            || (rest.Length > 1 && rest[0] == ',' && char.IsAsciiDigit(rest[1]))
            || Counted.FirstIn(plain, run.End, Math.Min(plain.Length, run.End + 12)) is not null;
    }

    private static int Start(string plain, DigitRun run)
    {
        var start = run.Start;
        while (start > 0 && plain[start - 1] is '+' or '(' or ' ' && (plain[start - 1] != ' ' || (start > 1 && plain[start - 2] == '+')))
            start--;
        return start;
    }

    // A country's code and as many digits as its numbers have: ranges for films and manuals are valid nowhere, and new ones come every year.
    private static bool IsPossible(string number)
    {
        try
        {
            var plans = Plans.Value;
            return plans.IsPossibleNumber(plans.Parse(number, null));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    private static bool IsValid(string number, string? region)
    {
        try
        {
            var plans = Plans.Value;
            return plans.IsValidNumber(plans.Parse(number, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
