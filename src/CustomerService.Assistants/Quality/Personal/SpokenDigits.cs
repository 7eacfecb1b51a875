using System.Collections.Frozen;
using System.Text;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Numbers that are spelled out digit by digit, "four one one one…", in the five languages.</summary>
internal static class SpokenDigits
{
    // Fewer are a count or an age; more are dictated.
    private const int LeastWords = 5;
    private const string Kanji = "〇一二三四五六七八九";

    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> DigitOf = (
        "zero0 oh0 one1 two2 three3 four4 five5 six6 seven7 eight8 nine9 cero0 uno1 dos2 tres3 cuatro4 cinco5 seis6 siete7 ocho8 nueve9 "
        + "zéro0 un1 une1 deux2 trois3 quatre4 cinq5 sept7 huit8 neuf9 null0 eins1 zwei2 zwo2 drei3 vier4 fünf5 sechs6 sieben7 acht8 neun9")
        .Split(' ').ToFrozenDictionary(word => word[..^1], word => word[^1], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text with such numbers as digits in a row, and the origins kept in step.</summary>
    public static string Read(string plain, ref List<int>? origins)
    {
        StringBuilder? read = null;
        List<int>? readOrigins = null;
        var copied = 0;
        for (var i = 0; i < plain.Length;)
        {
            if ((i > 0 && char.IsLetterOrDigit(plain[i - 1]) && !IsKanji(plain[i])) || !char.IsLetter(plain[i]) && plain[i] != '〇')
            {
                i++;
                continue;
            }

            var (end, digits) = RunAt(plain, i);
            if (digits.Count == 0)
            {
                i++;
                continue;
            }

            if (digits.Count >= LeastWords)
            {
                read ??= new StringBuilder(plain.Length);
                readOrigins ??= new List<int>(plain.Length);
                Copy(plain, copied, i, origins, read, readOrigins);
                foreach (var (digit, at) in digits)
                {
                    read.Append(digit);
                    readOrigins.Add(origins is null ? at : origins[at]);
                }

                copied = end;
            }

            i = end;
        }

        if (read is null)
            return plain;
        Copy(plain, copied, plain.Length, origins, read, readOrigins!);
        origins = readOrigins;
        return read.ToString();
    }

    private static void Copy(string plain, int from, int to, List<int>? origins, StringBuilder read, List<int> readOrigins)
    {
        read.Append(plain, from, to - from);
        for (var i = from; i < to; i++)
            readOrigins.Add(origins is null ? i : origins[i]);
    }

    private static (int End, List<(char Digit, int At)> Digits) RunAt(string plain, int start)
    {
        var digits = new List<(char, int)>();
        var end = start;
        for (var i = start; i < plain.Length;)
        {
            int next;
            char digit;
            if (Kanji.IndexOf(plain[i], StringComparison.Ordinal) is var kanji and >= 0)
            {
                (digit, next) = ((char)('0' + kanji), i + 1);
            }
            else
            {
                next = i;
                while (next < plain.Length && char.IsLetter(plain[next]))
                    next++;
                if (next == i || next - i > 6 || !DigitOf.TryGetValue(plain.AsSpan(i, next - i), out digit))
                    break;
            }

            digits.Add((digit, i));
            end = next;
            for (i = next; i < plain.Length && i - next < 2 && plain[i] is ' ' or ',' or '-' or '.' or '、' or '・'; i++)
            {
            }
        }

        return (end, digits);
    }

    private static bool IsKanji(char c) => Kanji.Contains(c, StringComparison.Ordinal);
}
