using System.Text.RegularExpressions;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// Postal addresses as they are written in the five languages' countries: a street with its number, what follows of flat, postcode and
/// city with it. The patterns cannot backtrack, so no text makes them slow.
/// </summary>
internal static class PostalAddresses
{
    public const string Name = "postal address";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const string EnglishStreet =
        "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Ter|Parkway|Pkwy|Circle|Cir|Square|Sq|Highway|Hwy|Trail|Close|Crescent|Gardens|Mews|Row|Walk|Plaza|Broadway)";

    private const string EnglishPlace =
        @"(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Flat)\.? ?#?[\w-]+|,? #\w+)?(?:,\s?[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,2})?(?:,? [A-Z]{2}\b)?(?:,? (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}))?";

    // Street words that mean something else too often, so that a postcode or a word about living there has to be near.
    private const string GermanSure = "(?:straße|strasse|Straße|Strasse|str\\.|Str\\.|allee|Allee|gasse|chaussee)";
    private const string GermanUnsure = "(?:weg|platz|ring|damm|ufer|hof|steig|markt|graben|berg|pfad|stieg|winkel|Weg|Platz|Ring|Damm|Ufer|str|Str)";

    private static readonly CueWords Markers = new(
        "street, st, ave, road, rd, blvd, boulevard, lane, ln, drive, dr, court, ct, way, place, pl, terrace, parkway, pkwy, circle, square, highway, hwy, trail, close, crescent, gardens, mews, row, walk, broadway, box, "
        + "calle, c/, avda, avenida, av., plaza, pza, paseo, camino, carretera, ctra, urbanización, ronda, travesía, glorieta, rambla, carrer, apartado, "
        + "rue, avenue, allée, allee, impasse, chemin, quai, cours, route, passage, faubourg, bd, "
        + "straße, strasse, str, weg, platz, gasse, ring, damm, ufer, hof, steig, markt, graben, berg, pfad, stieg, winkel, chaussee, postfach, am , im , zum , unter den, vivo en, vive en, wohne, wohnt, 〒, 都, 道, 府, 県, 市, 区");

    private static readonly (Regex Pattern, bool NeedsResidence)[] Patterns =
    [
        (new($@"\b\d{{1,5}}[A-Z]?,? (?:(?:[NSEW]|North|South|East|West|NE|NW|SE|SW)\.? )?(?:(?:[A-Z][\w'.-]*|\d{{1,3}}(?:st|nd|rd|th)|of|the) ){{1,4}}{EnglishStreet}\b\.?{EnglishPlace}", Linear), false),
        (new($@"\b\d{{1,5}} (?:[\w.'-]+ ){{1,4}}{EnglishStreet}\b[^\n]{{0,45}}?\b(?:[a-z]{{2}},? \d{{5}}|[a-z]{{1,2}}\d[a-z\d]? ?\d[a-z]{{2}})\b", Linear | RegexOptions.IgnoreCase), false),
        (new($@"\b\d{{1,5}} (?:[a-z.'-]+ ){{1,3}}{EnglishStreet}\b", Linear | RegexOptions.IgnoreCase), true),
        (new(@"\bP\.? ?O\.? ?Box \d+|\bPostfach \d+(?: ?\d+)*|\bapartado (?:de correos )?\d+", Linear | RegexOptions.IgnoreCase), false),

        (new(@"(?:\b(?i:calle|avda\.?|avenida|av\.|plaza|pza\.|paseo|camino|carretera|ctra\.?|ronda|travesía|glorieta|rambla|carrer|urbanización)|(?i:\bc/)) ?(?:de |del |de la |de los |de las |la |los |las |el )?\p{Lu}[\p{L}.'-]*(?: (?:de|del|la|las|los|y|i|\p{Lu}[\p{L}.'-]*)){0,5},? ?(?i:casa |portal |bloque |n\.?[º°o]?\.? ?|núm(?:ero|\.)? ?|número )?\d{1,4}\b(?:,? ?\d{1,2}[ºª°][ \p{L}]{0,12})?(?:,? \d{5},? \p{Lu}\p{L}+)?", Linear), false),
        (new(@"\b(?i:calle|avenida|avda\.?) \d{1,2} de \p{L}+,? ?\d{1,4}\b(?:,? \d{5},? \p{Lu}\p{L}+)?", Linear), false),
        (new(@"(?:\b(?:calle|avda\.?|avenida|plaza|paseo|camino|ronda|travesía|rambla|carrer)|\bc/) ?(?:[\p{L}.'-]+ ){0,5}[\p{L}.'-]+,? ?\d{1,4}\b[^\n]{0,25}?\b\d{5},? \p{L}+", Linear | RegexOptions.IgnoreCase), false),
        (new(@"(?:\b(?:calle|avda\.?|avenida|plaza|paseo|carrer)|\bc/) ?(?:[\p{L}.'-]+ ){0,4}[\p{L}.'-]+,? ?\d{1,4}\b", Linear | RegexOptions.IgnoreCase), true),

        (new(@"\b\d{1,4}(?: ?(?:bis|ter|quater))?,? (?i:rue|avenue|boulevard|bd\.?|allée|impasse|chemin|faubourg) (?:du \d{1,2} \p{Ll}{3,9}(?: \d{4}\b)?|(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]) ?)?[\p{L}'’.-]+)(?: (?:de|du|des|la|le|les|et|\p{Lu}[\p{L}'’.-]*|\d{1,2} \p{Ll}{3,9} \d{4}\b))*(?: \p{Ll}+)?(?:,? \d{5},? \p{Lu}[\p{L}-]+)?", Linear), false),
        (new(@"\b\d{1,4}(?: ?(?:bis|ter))?,? (?i:place|quai|cours|route|passage|square|villa|cité|résidence|av\.) (?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]) ?)?\p{Lu}[\p{L}'’.-]+(?: (?:de|du|des|la|le|les|\p{Lu}[\p{L}'’.-]*))*(?:,? \d{5},? \p{Lu}[\p{L}-]+)?", Linear), false),

        (new($@"\b(?:\p{{Lu}}[\p{{L}}.-]* ){{0,2}}\p{{Lu}}?[\p{{L}}-]*{GermanSure} ?(?:des \d+\. \p{{L}}+ )?\d{{1,4}} ?[a-zA-Z]?\b(?:,? (?:D-)?\d{{5}},? \p{{Lu}}[\p{{L}}-]+)?", Linear), false),
        (new($@"\b\p{{Lu}}[\p{{L}}.-]*(?: (?:der|den|dem|die|das|am|an|im|zum|zur|von|vom|\p{{Lu}}[\p{{L}}.-]*)){{0,4}} ?\d{{1,4}} ?[a-z]?(?:,\s?|\s)(?:D-)?\d{{5}},? \p{{Lu}}[\p{{L}}-]+", Linear), false),
        (new($@"\b[\p{{L}}-]+(?:{GermanSure}|{GermanUnsure}|strasse) ?\d{{1,4}} ?[a-z]?\b[^\n]{{0,10}}?\b\d{{5}} \p{{L}}+", Linear | RegexOptions.IgnoreCase), false),
        (new($@"\b(?:\p{{Lu}}[\p{{L}}.-]* )?(?:\p{{Lu}}[\p{{L}}-]*{GermanUnsure}|(?:[Aa]m|[Ii]m|[Zz]um|[Aa]n der|[Aa]uf dem) \p{{Lu}}\p{{L}}+) ?\d{{1,4}} ?[a-z]?\b", Linear), true),
        (new($@"\b[\p{{L}}-]+(?:straße|strasse|str\.?|weg|platz|allee|gasse) ?\d{{1,4}} ?[a-z]?\b", Linear | RegexOptions.IgnoreCase), true),

        // Wherever somebody says that it is an address, a name with a number and a city is one.
        (new(@"\b\p{Lu}[\p{L}.'-]+(?: (?:de|del|la|las|los|y|der|den|\p{Lu}[\p{L}.'-]*)){0,4},? \d{1,4} ?[a-z]?, \p{Lu}\p{L}+", Linear), true),

        (new(@"(?:〒? ?\d{3}-?\d{4}[\s、,]*)?(?:東京都|北海道|京都府|大阪府|\p{IsCJKUnifiedIdeographs}{2,3}県)[^\s、。,\d]{1,20} ?[\d一二三四五六七八九十]+(?:(?:丁目|番地|番|号|-|ー|の) ?\d*)*(?:[\s　]?[^\s、。,0-9]{2,15}\d{2,4}号?室?)?", Linear), false),
        (new(@"(?:〒? ?\d{3}-?\d{4}[\s、,]*)?\p{IsCJKUnifiedIdeographs}{1,4}[市区][^\s、。,\d]{1,18}\d+(?:-\d+){1,3}(?:[\s　]?[^\s、。,0-9]{2,15}\d{2,4}号?室?)?", Linear), false),
        (new(@"(?:〒? ?\d{3}-?\d{4}[\s、,]*)?\p{IsCJKUnifiedIdeographs}{1,4}[市区町村][^\s、。,\d]{1,18}[\d一二三四五六七八九十]+(?:丁目|番地)[\d番号-]*", Linear), false),
        (new(@"〒 ?\d{3}-?\d{4}[\s、,]*[\p{IsCJKUnifiedIdeographs}]{2,}[都道府県市区郡町村][^\s、。,]{0,20}", Linear), false),
    ];

    public static void FindIn(string plain, List<Finding> found)
    {
        if (!Markers.AreIn(plain))
            return;
        foreach (var (pattern, needsResidence) in Patterns)
        {
            foreach (var match in pattern.EnumerateMatches(plain))
            {
                if (!needsResidence || DetailCues.ResidenceBefore(plain, match.Index))
                    found.Add(new(DetailKind.Address, Name, match.Index, match.Index + match.Length, plain.Substring(match.Index, match.Length)));
            }
        }
    }
}
