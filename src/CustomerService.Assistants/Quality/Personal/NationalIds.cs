using System.Globalization;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// Numbers by which states know a person, each with its own check: US social security, Spanish DNI and NIE, French NIR, German tax id and
/// social insurance number, Japanese My Number, British National Insurance; and passports where the text says so.
/// </summary>
internal static class NationalIds
{
    private static readonly CueWords Announced = new(
        "ssn, social security, social sec, tax id, tax number, taxpayer, itin, steuer, idnr, id-nr, identifikationsnummer, my number, mynumber, マイナンバー, 個人番号, seguridad social, sécurité sociale, sécu, national id, ni number, nino, national insurance, dni, nie , nie:, nif, my social is");

    private static readonly CueWords Passports = new(
        "passport, pasaporte, passeport, reisepass, personalausweis, ausweisnummer, パスポート, 旅券");

    public static void FindIn(string plain, List<Finding> found)
    {
        foreach (var run in DigitRuns.In(plain, 9))
            FromDigits(plain, run, found);
        for (var i = 0; i < plain.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(plain[i]) && (i == 0 || !char.IsAsciiLetterOrDigit(plain[i - 1])) && At(plain, i) is { } id)
            {
                found.Add(id);
                i = id.End - 1;
            }
        }
    }

    private static void FromDigits(string plain, DigitRun run, List<Finding> found)
    {
        if (run.Touches(plain))
            return;
        for (var first = 0; first < run.Groups.Count; first++)
        {
            for (var last = first; last < run.Groups.Count; last++)
            {
                // Among other numbers only the customary grouping counts.
                if (run.Part(first, last) is var part && part.Digits.Length <= 12 && Name(plain, part, alone: part.Digits.Length == run.Digits.Length) is { } name)
                {
                    found.Add(new(DetailKind.NationalId, name, part.Start, part.End, part.Digits));
                    return;
                }

                if (last - first > 5)
                    break;
            }

            if (first > 5)
                break;
        }
    }

    private static string? Name(string plain, DigitRun run, bool alone)
    {
        var announced = alone && (Announced.LastIn(plain, run.Start, 40) >= 0
            || (Announced.FirstIn(plain, run.End, Math.Min(plain.Length, run.End + 40)) is var (word, _) && CodeWords.Connects(plain.AsSpan(run.End, word - run.End))));
        var reference = !announced && DetailCues.ReferenceBefore(plain, run.Start);
        if (run.Digits.Length == 9)
            return (announced || (run.Is(3, 2, 4) && !reference && SameSeparators(plain, run))) && IsSocialSecurity(run.Digits) ? "social security number" : null;
        if (run.Digits.Length == 11)
            return !reference && (announced || run.Is(2, 3, 3, 3) || (run.Is(11) && alone)) && IsTaxId(run.Digits) && !IsTelephone(plain, run) ? "tax id" : null;
        return run.Digits.Length == 12 && alone && !reference && (announced || run.Is(4, 4, 4)) && IsMyNumber(run.Digits) ? "My Number" : null;
    }

    private static bool IsTelephone(string plain, DigitRun run) =>
        (run.Start > 0 && plain[run.Start - 1] == '+') || DetailCues.TelephoneAround(plain, run.Start, run.End);

    private static bool SameSeparators(string plain, DigitRun run) => plain[run.Groups[1].Start - 1] == plain[run.Groups[2].Start - 1];

    // Area 000, 666 and 900–999, group 00 and serial 0000 are never given out.
    private static bool IsSocialSecurity(string d) => d[..3] is not ("000" or "666") && d[0] != '9' && d[3..5] != "00" && d[5..] != "0000";

    // Ten digits of which exactly one comes twice or three times, and a check digit (ISO 7064 mod 11,10).
    private static bool IsTaxId(string digits)
    {
        Span<int> counts = stackalloc int[10];
        foreach (var digit in digits.AsSpan(0, 10))
            counts[digit - '0']++;
        var repeated = 0;
        foreach (var count in counts)
        {
            if (count > 3)
                return false;
            repeated += count > 1 ? 1 : 0;
        }

        if (digits[0] == '0' || repeated != 1)
            return false;
        var product = 10;
        foreach (var digit in digits.AsSpan(0, 10))
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == digits[10] - '0';
    }

    private static bool IsMyNumber(string digits)
    {
        var sum = 0;
        for (var n = 1; n <= 11; n++)
            sum += (digits[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
        var rest = sum % 11;
        return (rest <= 1 ? 0 : 11 - rest) == digits[11] - '0';
    }

    private static Finding? At(string plain, int at)
    {
        if (Compact(plain, at, "ddddddddL") is var (dniEnd, dni) && dni[8] == Letter(Number(dni[..8])))
            return Id("DNI", at, dniEnd, dni);
        if (char.ToUpperInvariant(plain[at]) is >= 'X' and <= 'Z' && Compact(plain, at, "LdddddddL") is var (nieEnd, nie)
            && nie[8] == Letter(Number($"{nie[0] - 'X'}{nie[1..8]}")))
            return Id("NIE", at, nieEnd, nie);
        if (Compact(plain, at, "dddddAAdddddddd") is var (nirEnd, nir) && IsNir(nir))
            return Id("social security number (NIR)", at, nirEnd, nir);
        if (Compact(plain, at, "LLddddddL") is var (ninoEnd, nino) && IsNationalInsurance(nino))
            return Id("National Insurance number", at, ninoEnd, nino);
        if (Compact(plain, at, "ddddddddLddd") is var (svEnd, sv) && IsSocialInsurance(sv))
            return Id("social insurance number", at, svEnd, sv);
        return Passports.LastIn(plain, at, 30) >= 0 && Passport(plain, at) is { } end
            ? Id("passport number", at, end, plain[at..end].ToUpperInvariant())
            : null;
    }

    private static Finding Id(string name, int start, int end, string value) => new(DetailKind.NationalId, name, start, end, value);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static char Letter(long number) => "TRWAGMYFPDXBNJZSQVHLCKE"[(int)(number % 23)];

    /// <summary>What stands at a place if it has a shape: d a digit, L a letter, A either; small separators may stand between.</summary>
    private static (int End, string Value)? Compact(string plain, int start, string shape)
    {
        Span<char> value = stackalloc char[shape.Length];
        var (taken, between) = (0, 0);
        var i = start;
        for (; i < plain.Length && taken < shape.Length; i++)
        {
            var c = plain[i];
            if (taken > 0 && c is ' ' or '-' or '.' or '/' && ++between <= 3)
                continue;
            var fits = shape[taken] switch { 'd' => char.IsAsciiDigit(c), 'L' => char.IsAsciiLetter(c), _ => char.IsAsciiLetterOrDigit(c) };
            // A small letter after a space begins a word, unless the text says what comes.
            if (!fits || (between > 0 && char.IsAsciiLetterLower(c) && plain[i - 1] == ' ' && Announced.LastIn(plain, start, 30) < 0))
                return null;
            between = 0;
            value[taken++] = char.ToUpperInvariant(c);
        }

        return taken == shape.Length && (i == plain.Length || !char.IsAsciiLetterOrDigit(plain[i])) ? (i, value.ToString()) : null;
    }

    // Sex, year, month, department (2A and 2B in Corsica), commune, serial; then 97 less the remainder.
    private static bool IsNir(string nir)
    {
        if (nir[0] is not ('1' or '2' or '3' or '4' or '7' or '8') || int.Parse(nir.AsSpan(3, 2), CultureInfo.InvariantCulture) is not ((>= 1 and <= 12) or (>= 20 and <= 42) or >= 50))
            return false;
        var digits = nir[..13];
        if (nir[6] is 'A' or 'B' && nir[5] == '2')
            digits = $"{nir[..5]}{(nir[6] == 'A' ? "19" : "18")}{nir[7..13]}";
        return digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && 97 - (Number(digits) % 97) == Number(nir[13..]);
    }

    private static bool IsNationalInsurance(string id) =>
        !"DFIQUV".Contains(id[0], StringComparison.Ordinal) && !"DFIQUVO".Contains(id[1], StringComparison.Ordinal) && id[8] is >= 'A' and <= 'D'
        && id[..2] is not ("BG" or "GB" or "NK" or "KN" or "TN" or "NT" or "ZZ");

    // Area, day, month, year, letter, serial, and a check digit over the sums of the weighted digits' digits.
    private static bool IsSocialInsurance(string id)
    {
        var letter = id[8] - 'A' + 1;
        var digits = string.Create(CultureInfo.InvariantCulture, $"{id[..8]}{letter:00}{id[9..11]}");
        var sum = 0;
        for (var i = 0; i < 12; i++)
        {
            var product = (digits[i] - '0') * ("212571212121"[i] - '0');
            sum += (product / 10) + (product % 10);
        }

        return int.Parse(id.AsSpan(4, 2), CultureInfo.InvariantCulture) is >= 1 and <= 12 && sum % 10 == id[11] - '0';
    }

    // Letters and digits in one piece, most of them digits.
    private static int? Passport(string plain, int start)
    {
        var end = start;
        var digits = 0;
        while (end < plain.Length && char.IsAsciiLetterOrDigit(plain[end]))
            digits += char.IsAsciiDigit(plain[end++]) ? 1 : 0;
        return end - start is >= 7 and <= 10 && digits >= 5 ? end : null;
    }
}
