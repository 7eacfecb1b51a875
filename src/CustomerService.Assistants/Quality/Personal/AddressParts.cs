using System.Text.RegularExpressions;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>What stands before and after a street or a box in an address, on its line or the lines around: flat, building, postcode, town, country.</summary>
internal static class AddressParts
{
    /// <summary>Postcodes with letters, and American ones behind their state: what nothing else looks like.</summary>
    public const string SurePostcode =
        @"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2},? \d{5}(?:-\d{4})?|(?:[A-Z]{2},? )?[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{2,3} \d{4}|[A-Z]\d[\dW] ?[A-Z\d]{4})\b";

    /// <summary>A postcode before its town.</summary>
    public const string CodedTown =
        @"(?:(?:[A-Z]{1,2}-)?\d{4,5}|\d{5}-\d{3,4}|\d{4} ?[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2}),? \p{Lu}[\p{L}.'’-]+(?: (?:am|an der|im|in|ob|la|de|del|los|las|sur|sous|lès|les|le|\p{Lu}[\p{L}'’-]+)){0,3}(?: \(\p{Lu}[\p{L}.-]*\))?";

    public const string Break = @"(?:, ?\n?|\n| - | )";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const int LongestHead = 80;

    private const string Towns = $@"(?:\p{{Lu}}[\p{{L}}.'’-]+(?: \p{{Lu}}[\p{{L}}.'’-]+){{0,2}}(?: \(\p{{Lu}}[\p{{L}}.-]*\))?(?:{Break}| )){{1,3}}";

    private const string District = $@"(?:\p{{Lu}}[\p{{L}}.'’-]+(?: (?:de|del|la|las|los|du|des|\p{{Lu}}[\p{{L}}.'’-]+)){{0,4}}{Break}){{1,2}}";

    private const string Ident = @"(?:\d[\w.ºª°]{0,4}|[A-Z]\b)";

    public const string Dwelling =
        $@"(?:(?i:apt|app|apartment|apartamento|suite|ste|unit|flat|floor|room|lot|piso|planta|puerta|pta|esc|escalera|portal|bloque|bloc|local|depto|interior|int|étage|appt|appartement|bât|bâtiment|escalier|porte|boîte|bte|bus|casier|scala|interno|wohnung|whg|haus|top|stiege|tür|block)\.? ?#?{Ident}|#\w{{1,5}}"
        + @"|(?i:hinterhaus|vorderhaus|seitenflügel|erdgeschoss|gartenhaus|bajo|ático|rez-de-chaussée)(?: \d[ªº]?)?|\d{1,2}\.?[ºª°](?: ?\p{L}{1,4}\b)?|\d{1,2}(?:st|nd|rd|th|er|e|ème|\.) (?:floor|[Éé]tage|Stock|OG))";

    private const string Building =
        @"(?:(?i:résidence|immeuble|edificio|urbanización|residencial|c/o) (?:(?:de|du|des|la|le|les|los|las|el) |l['’])*\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,2}|(?:\p{Lu}[\p{L}'’.-]+ ){1,3}(?:Cottage|House|Farm|Barn|Lodge|Mill|Hall|Building|Towers?))";

    private const string Country =
        "(?:UK|United Kingdom|England|Scotland|Wales|Ireland|USA|España|Spain|France|Germany|Deutschland|Österreich|Austria|Schweiz|Suisse|Switzerland|Belgique|Belgium|Portugal|Italia|Italy|México|Canada|Australia|Nederland|Netherlands)";

    // One part each, for automata of all of them together would be too large.
    private static readonly Regex[] After =
    [
        new($@"\A(?:{Break}| )?{Dwelling}", Linear),
        new($@"\A{Break}(?:{District})?{CodedTown}", Linear),
        new($@"\A{Break}{Towns}{SurePostcode}", Linear),
        new($@"\A{Break}(?:{SurePostcode}|{Country}\b)", Linear),
    ];

    private static readonly Regex Before = new($@"\b(?:(?:{Dwelling}|{Building})(?:, ?\n?|\n| - | ))+\z", Linear);

    /// <summary>The whole address around its street.</summary>
    public static (int Start, int End) Around(string plain, int start, int end)
    {
        while (LengthAfter(plain.AsSpan(end)) is var length and > 0)
            end += length;

        var from = Math.Max(0, start - LongestHead);
        foreach (var before in Before.EnumerateMatches(plain.AsSpan(from, start - from)))
            start = from + before.Index;
        return (start, end);
    }

    private static int LengthAfter(ReadOnlySpan<char> rest)
    {
        foreach (var part in After)
        {
            foreach (var match in part.EnumerateMatches(rest))
                return match.Length;
        }

        return 0;
    }
}
