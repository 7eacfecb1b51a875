using System.Collections.Frozen;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>International bank account numbers: a country's length and the remainder 1 modulo 97 (ISO 13616).</summary>
internal static class Iban
{
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> LengthOf = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 "
        + "GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 "
        + "PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry[2..], System.Globalization.CultureInfo.InvariantCulture))
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public const string Name = "IBAN";

    public static void FindIn(string plain, List<Finding> found)
    {
        for (var i = 0; i + 15 <= plain.Length; i++)
        {
            if (char.IsAsciiLetter(plain[i]) && (i == 0 || !char.IsAsciiLetterOrDigit(plain[i - 1])) && At(plain, i) is var (end, account))
            {
                found.Add(new(DetailKind.BankAccount, Name, i, end, account));
                i = end - 1;
            }
        }
    }

    /// <summary>Where the account number ends that begins at a place of the text, and the number without its spaces; null when none does.</summary>
    public static (int End, string Account)? At(string plain, int start)
    {
        Span<char> account = stackalloc char[34];
        var (taken, length, between) = (0, 4, 0);
        var i = start;
        for (; i < plain.Length && taken < length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(plain[i]))
            {
                if (plain[i] is not (' ' or '-' or '.' or '\n' or '/' or '_') || ++between > 3)
                    return null;
                continue;
            }

            between = 0;
            account[taken++] = char.ToUpperInvariant(plain[i]);
            if (taken == 2 && !LengthOf.TryGetValue(account[..2], out length))
                return null;
            if (taken is 3 or 4 && !char.IsAsciiDigit(plain[i]))
                return null;
        }

        return taken == length && (i == plain.Length || !char.IsAsciiDigit(plain[i])) && Remainder(account[..length]) == 1
            ? (i, account[..length].ToString())
            : null;
    }

    /// <summary>Where the beginning of an account number ends that stands at a place: its country, check digits and the groups after; null when none does.</summary>
    public static int? PieceAt(string plain, int start)
    {
        if (start + 4 > plain.Length || !LengthOf.ContainsKey([char.ToUpperInvariant(plain[start]), char.ToUpperInvariant(plain[start + 1])]) || !char.IsAsciiDigit(plain[start + 2]) || !char.IsAsciiDigit(plain[start + 3]))
            return null;
        var end = start + 4;
        for (var at = end; at < plain.Length;)
        {
            var group = plain[at] is ' ' or '-' ? at + 1 : at;
            var (stop, digits, capitals) = (group, 0, 0);
            for (; stop < plain.Length && char.IsAsciiLetterOrDigit(plain[stop]); stop++)
            {
                digits += char.IsAsciiDigit(plain[stop]) ? 1 : 0;
                capitals += char.IsAsciiLetterUpper(plain[stop]) ? 1 : 0;
            }

            if (stop == group || (digits == 0 && capitals < 4))
                break;
            at = end = stop;
        }

        return end;
    }

    private static int Remainder(ReadOnlySpan<char> account)
    {
        var remainder = 0;
        for (var i = 0; i < account.Length; i++)
        {
            var c = account[(i + 4) % account.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        }

        return remainder;
    }
}
