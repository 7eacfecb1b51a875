using System.Collections.Frozen;

namespace CustomerService.Assistants.Quality.Claims;

/// <summary>What numbers count, in the five languages, by its English name.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> UnitOf = Words(
        "second: second seconds secs segundo segundos seconde secondes sekunde sekunden; "
        + "minute: minute minutes min mins minuto minutos minuten; hour: hour hours hrs hora horas heure heures stunde stunden std; "
        + "day: day days día días dia dias jour jours journée journées tag tage tagen tages kalendertage kalendertagen; "
        + "business day: workday workdays werktag werktage werktagen arbeitstag arbeitstage arbeitstagen bankarbeitstage bankarbeitstagen geschäftstage geschäftstagen; "
        + "week: week weeks semana semanas semaine semaines woche wochen; month: month months mes meses mois monat monate monaten monats; "
        + "year: year years año años an ans année années jahr jahre jahren jahres; %: percent porciento prozent; "
        + "point: point points punto puntos punkt punkte punkten");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ValueOf = Words(
        "2: two dos deux zwei; 3: three tres trois drei; 4: four cuatro quatre vier; 5: five cinco cinq fünf; 6: six seis sechs; 7: seven siete sept sieben; 8: eight ocho huit acht; "
        + "9: nine nueve neuf neun; 10: ten diez dix zehn; 11: eleven once onze elf; 12: twelve doce douze zwölf; 14: fourteen catorce quatorze vierzehn; 15: fifteen quince quinze fünfzehn; "
        + "20: twenty veinte vingt zwanzig; 24: veinticuatro vierundzwanzig; 30: thirty treinta trente dreißig dreissig; 40: forty cuarenta quarante vierzig; 48: achtundvierzig; "
        + "50: fifty cincuenta cinquante fünfzig; 60: sixty sesenta soixante sechzig; 90: ninety noventa neunzig; 100: hundred cien cent hundert");

    /// <summary>Between a number and its unit, and between the two ends of a range.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Between = (
        "to and or full more whole consecutive calendar a y o hasta naturales à et ou bis und oder volle vollen weitere weiteren ganze of next letzten nächsten further")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Business = (
        "working business banking hábil hábiles laborable laborables ouvré ouvrés ouvrable ouvrables").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // The longer first.
    private static readonly (string Written, string Unit)[] Japanese =
    [
        ("営業日", "business day"), ("平日", "business day"), ("日間", "day"), ("日", "day"), ("週間", "week"), ("週", "week"), ("か月", "month"), ("ヶ月", "month"), ("カ月", "month"), ("ケ月", "month"),
        ("箇月", "month"), ("年間", "year"), ("年", "year"), ("時間", "hour"), ("分", "minute"), ("秒", "second"), ("パーセント", "%"), ("ポイント", "point"),
    ];

    /// <summary>A number in words, or null: only those counts that promises are made in.</summary>
    public static string? ValueOfWord(ReadOnlySpan<char> word) => ValueOf.TryGetValue(word, out var value) ? value : null;

    /// <summary>The unit that a number counts: the next word, over "to 5 working" and the like; null where none follows.</summary>
    public static string? After(string plain, int end)
    {
        var business = false;
        for (var words = 0; words < 5; words++)
        {
            while (end < plain.Length && plain[end] is ' ' or '-' or '~' or '–')
                end++;
            if (end >= plain.Length)
                return null;
            if (plain[end] == '%')
                return "%";
            if (JapaneseAt(plain, end) is { } japanese)
                return japanese;
            var next = WordEnd(plain, end);
            var word = plain.AsSpan(end, next - end);
            if (UnitOf.TryGetValue(word, out var unit))
                return unit == "day" && (business || IsBusiness(plain, next)) ? "business day" : unit;
            if (plain.AsSpan(end).StartsWith("por ciento", StringComparison.OrdinalIgnoreCase) || plain.AsSpan(end).StartsWith("pour cent", StringComparison.OrdinalIgnoreCase))
                return "%";
            business |= Business.Contains(word);
            var goesOn = word.Length > 0 && (char.IsAsciiDigit(word[0]) || ValueOf.ContainsKey(word) || Between.Contains(word) || business);
            if (!goesOn)
                return null;
            end = next;
        }

        return null;
    }

    public static int WordEnd(string plain, int start)
    {
        var end = start;
        while (end < plain.Length && IsWordCharacter(plain[end]))
            end++;
        return end;
    }

    /// <summary>Japanese and Chinese characters end a word: numbers stand among them without spaces.</summary>
    public static bool IsWordCharacter(char c) => c < '\u2E80' && char.IsLetterOrDigit(c);

    // French and Spanish say it afterwards: jours ouvrables, días hábiles.
    private static bool IsBusiness(string plain, int end)
    {
        if (end >= plain.Length || plain[end] != ' ')
            return false;
        return Business.Contains(plain.AsSpan(end + 1, WordEnd(plain, end + 1) - end - 1));
    }

    private static string? JapaneseAt(string plain, int at)
    {
        if (plain[at] < '\u2E80')
            return null;
        foreach (var (written, unit) in Japanese)
        {
            if (plain.AsSpan(at).StartsWith(written, StringComparison.Ordinal))
                return unit;
        }

        return null;
    }

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Words(string lists) =>
        lists.Split("; ").SelectMany(list => list[(list.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(' '), (list, word) => (Word: word, Name: list[..list.IndexOf(": ", StringComparison.Ordinal)]))
            .ToFrozenDictionary(pair => pair.Word, pair => pair.Name, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
