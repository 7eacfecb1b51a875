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
        "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Ter|Parkway|Pkwy|Circle|Cir|Square|Sq|Highway|Hwy|Trail|Close|Crescent|Gardens|Mews|Row|Walk|Plaza|Broadway|Grove|Quay|Wharf|Embankment|Esplanade|Parade|Heights|Crossing|Turnpike|Alley|Rise|Wynd|Vale)";

    // Names of streets that are words of every day.
    private const string EnglishUnsure = "(?:View|Hill|Green|Park|End|Gate|Yard|Fields?|Meadows?|Bank|Common|Loop|Run|Ridge|Bend|Cove|Path|Pike|Side|Bridge|Reach|Chase|Croft|Drove|Orchard)";

    private const string Number = @"\d{1,5}[A-Za-f]?(?:[-/]\d{1,4}[A-Za-f]?)?";

    private const string EnglishPlace =
        @"(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Flat)\.? ?#?[\w-]+|,? #\w+)?(?:,\s?[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,2})?(?:,? [A-Z]{2}\b)?(?:,? (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}))?";

    // Street words that mean something else too often, so that a postcode or a word about living there has to be near.
    private const string GermanSure = "(?:straße|strasse|Straße|Strasse|str\\.|Str\\.|allee|Allee|gasse|chaussee)";
    private const string GermanUnsure = "(?:weg|platz|ring|damm|ufer|hof|steig|markt|graben|berg|pfad|stieg|winkel|Weg|Platz|Ring|Damm|Ufer|str|Str)";

    private static readonly CueWords Markers = new(
        "street, st, ave, road, rd, blvd, boulevard, lane, ln, drive, dr, court, ct, way, place, pl, terrace, parkway, pkwy, circle, square, highway, hwy, trail, close, crescent, gardens, mews, row, walk, broadway, box, grove, quay, wharf, embankment, esplanade, parade, heights, crossing, turnpike, alley, rise, wynd, vale, view, hill, green, park, end, gate, yard, field, meadow, bank, common, ridge, cottage, house, farm, barn, lodge, hall, manor, county, rural, rr , hc , "
        + "calle, c/, avda, avenida, av., plaza, pza, paseo, camino, carretera, ctra, urbanización, ronda, travesía, glorieta, rambla, carrer, apartado, apdo, carrera, cra, diagonal, transversal, finca, cortijo, masía, caserío, lugar, barrio, aldea, polígono, pol. , urb., partida, colonia, cuesta, callejón, pasaje, jirón, jr., vía, alameda, passeig, avinguda, casilla, gran v, puerta de, "
        + "rue, avenue, allée, allee, impasse, chemin, quai, cours, route, passage, faubourg, bd, chaussée, sentier, ruelle, montée, promenade, lotissement, lieu-dit, lieu dit, hameau, ferme, domaine, mas , quartier, bp , cs , boîte postale, boite postale, via , viale, piazza, corso, rua , travessa, praça, ulica, ul., postbus, gracht, straat, laan, plein, "
        + "straße, strasse, str, weg, platz, gasse, ring, damm, ufer, hof, steig, markt, graben, berg, pfad, stieg, winkel, chaussee, postfach, am , an der, im , in der, zum , zur , unter den, vivo en, vive en, wohne, wohnt, adress, address, anschrift, 〒, 私書箱, 町, 村, 都, 道, 府, 県, 市, 区");

    private static readonly Regex Postcode = new(AddressParts.SurePostcode, Linear);

    private static readonly (Regex Pattern, bool NeedsResidence)[] Patterns =
    [
        (new($@"\b{Number},? (?:(?:[NSEW]|North|South|East|West|NE|NW|SE|SW)\.? )?(?:(?:[A-Z][\w'’.-]*|\d{{1,3}}(?:st|nd|rd|th)|of|the) ){{1,4}}{EnglishStreet}\b\.?{EnglishPlace}", Linear), false),
        (new($@"\b\d{{1,5}} (?:[\w.'-]+ ){{1,4}}{EnglishStreet}\b[^\n]{{0,45}}?\b(?:[a-z]{{2}},? \d{{5}}|[a-z]{{1,2}}\d[a-z\d]? ?\d[a-z]{{2}})\b", Linear | RegexOptions.IgnoreCase), false),
        (new($@"\b\d{{1,5}} (?:[a-z.'-]+ ){{1,3}}{EnglishStreet}\b", Linear | RegexOptions.IgnoreCase), true),
        (new($@"\b{Number},? (?:(?:[A-Z][\w'’.-]*|of|the|on) ){{1,4}}{EnglishUnsure}\b", Linear), true),
        (new($@"\b{Number},? (?:(?:\p{{Lu}}[\w'’.-]*|of|the|on|in|\d{{1,3}}(?:st|nd|rd|th)) ?){{1,6}}(?:(?:, ?\n?|\n)(?:\p{{Lu}}[\p{{L}}'’.-]+ ?){{1,3}}){{0,3}}{AddressParts.Break}{AddressParts.SurePostcode}", Linear), false),
        (new($@"\b(?:\p{{Lu}}[\p{{L}}'’-]+ ){{1,3}}(?:Cottage|House|Farm|Farmhouse|Barn|Lodge|Mill|Hall|Rectory|Vicarage|Manor|Croft|Bungalow)(?:(?:, ?\n?|\n)\p{{L}}[\p{{L}}'’ .-]{{1,30}}){{1,4}}{AddressParts.Break}{AddressParts.SurePostcode}", Linear), false),
        (new($@"\b(?:\p{{Lu}}[\p{{L}}'’-]+ ){{0,3}}\p{{Lu}}[\p{{L}}'’-]+(?:, ?\n?|\n)(?:\p{{Lu}}[\p{{L}}'’-]+ ){{1,3}}(?:{EnglishStreet}|{EnglishUnsure})(?:(?:, ?\n?|\n)\p{{Lu}}[\p{{L}}'’ .-]{{1,30}}){{0,3}}{AddressParts.Break}{AddressParts.SurePostcode}", Linear), false),
        (new(@"\b\d{1,5} (?:(?:[NSEW]|North|South|East|West)\.? )?(?:County Road|County Rd|CR|State Route|State Road|State Highway|Highway|Hwy|Route|Rte|FM) \d{1,4}\b|\b(?:RR|Rural Route|HC|R\.R\.) ?#?\d{1,3},? Box \d{1,5}", Linear), false),
        (new(@"\bP\.? ?O\.? ?Box #?\d[\d-]*|\bPost Office Box \d+|\bPostfach \d+(?: ?\d+)*|\b(?:apartado|apdo\.?) (?:de correos |postal )?\d+|\bbo[iî]te postale \d+|\bpostbus \d+|\bcasilla (?:de correo )?\d+|私書箱 ?第?\d+号?", Linear | RegexOptions.IgnoreCase), false),
        (new($@"\b(?:BP|B\.P\.|CS|TSA) ?\d{{1,5}}{AddressParts.Break}\d{{5}} \p{{Lu}}[\p{{L}}-]+", Linear), false),

        (new(@"(?:\b(?i:calle|avda\.?|avenida|av\.|plaza|pza\.|paseo|camino|carretera|ctra\.?|ronda|travesía|glorieta|rambla|carrer|urbanización)|(?i:\bc/)) ?(?:de |del |de la |de los |de las |la |los |las |el )?\p{Lu}[\p{L}.'-]*(?: (?:de|del|la|las|los|y|i|\p{Lu}[\p{L}.'-]*)){0,5},? ?(?i:casa |portal |bloque |n\.?[º°o]?\.? ?|núm(?:ero|\.)? ?|número )?\d{1,4}\b(?:,? ?\d{1,2}[ºª°][ \p{L}]{0,12})?(?:,? \d{5},? \p{Lu}\p{L}+)?", Linear), false),
        (new(@"\b(?i:calle|carrera|cra\.?|kra\.?|cl\.?|diagonal|transversal|avenida) \d{1,3} ?[A-Za-z]?(?: (?i:bis|sur|norte))? ?(?:#|(?i:n[o.º°]{1,3})) ?\d{1,3} ?[A-Za-z]? ?- ?\d{1,3}\b", Linear), false),
        (new(@"(?:\b(?i:calle|avda\.?|avenida|av\.|plaza|pza\.?|paseo|camino|carretera|ctra\.?)|(?i:\bc/)) ?(?:[\p{L}.'’-]+ ){0,5}[\p{L}.'’-]+,? ?(?i:s/n|km\.? ?\d{1,3}(?:[.,]\d)?|kilómetro \d{1,3})", Linear), false),
        (new(@"\b(?:Gran V[ií]a|Puerta (?:del|de) \p{Lu}\p{L}+)(?: de(?: \p{L}+){1,3})?,? \d{1,4}\b", Linear), false),
        (new(@"\b(?i:carretera|ctra\.?|autovía) [A-Z\d][\w .-]{1,24},? (?i:km\.?|kilómetro) ?\d{1,3}(?:[.,]\d)?\b", Linear), false),
        (new(@"\b(?i:finca|cortijo|masía|caserío|lugar|barrio|aldea|polígono(?: industrial)?|pol\. ind\.|urb\.|urbanización|partida|colonia|travesera|cuesta|callejón|pasaje|jirón|jr\.|vía|alameda|costanilla|passeig|avinguda) (?:de |del |la |el |los |las |d['’])*\p{Lu}[^\n,]{1,30}(?:, ?[^\n,]{1,22}){0,3},? ?\n?\d{5},? \p{Lu}\p{L}+", Linear), false),
        (new(@"\b(?i:calle|avenida|avda\.?) \d{1,2} de \p{L}+,? ?\d{1,4}\b(?:,? \d{5},? \p{Lu}\p{L}+)?", Linear), false),
        (new(@"(?:\b(?:calle|avda\.?|avenida|plaza|paseo|camino|ronda|travesía|rambla|carrer)|\bc/) ?(?:[\p{L}.'-]+ ){0,5}[\p{L}.'-]+,? ?\d{1,4}\b[^\n]{0,25}?\b\d{5},? \p{L}+", Linear | RegexOptions.IgnoreCase), false),
        (new(@"(?:\b(?:calle|avda\.?|avenida|plaza|paseo|carrer)|\bc/) ?(?:[\p{L}.'-]+ ){0,4}[\p{L}.'-]+,? ?\d{1,4}\b", Linear | RegexOptions.IgnoreCase), true),

        (new(@"\b\d{1,4}(?:-\d{1,4})?(?: ?(?:bis|ter|quater|[A-D]))?,? (?i:rue|avenue|av\.|boulevard|bd\.?|allée|allee|impasse|chemin|faubourg|sentier|ruelle|venelle|montée|promenade|esplanade|rond-point|voie|lotissement) (?:du \d{1,2} \p{Ll}{3,9}(?: \d{4}\b)?|(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]) ?)?[\p{L}'’.-]+)(?: (?:de|du|des|la|le|les|et|\p{Lu}[\p{L}'’.-]*|\d{1,2} \p{Ll}{3,9} \d{4}\b))*(?: \p{Ll}+)?(?:,? \d{5},? \p{Lu}[\p{L}-]+)?", Linear), false),
        (new(@"\b\d{1,4}(?: ?(?:bis|ter|[A-D]))?,? (?i:place|hameau|quartier|mail|côte|quai|cours|route|passage|square|villa|cité|résidence|av\.) (?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]) ?)?\p{Lu}[\p{L}'’.-]+(?: (?:de|du|des|la|le|les|\p{Lu}[\p{L}'’.-]*))*(?:,? \d{5},? \p{Lu}[\p{L}-]+)?", Linear), false),
        (new($@"\b(?:L[ea]s?|L['’]|El|Los|Las|Au|Aux) ?\p{{Lu}}[\p{{L}}'’-]+(?: (?:de|du|des|la|le|les|\p{{Lu}}[\p{{L}}'’-]+)){{0,3}}(?:, ?\n?|\n)\d{{5}} \p{{Lu}}[\p{{L}}-]+", Linear), true),

        // Geneva, Brussels, Milan and Lisbon put the number after.
        (new($@"\b(?i:rue|avenue|av\.|boulevard|bd\.?|allée|impasse|chemin|quai|place|route|chaussée|via|viale|piazza|corso|largo|rua|travessa|praça|strada|ulica|ul\.) (?:[\p{{L}}.]{{1,4}} ?['’]?){{0,3}}[\p{{L}}'’.-]+(?: [\p{{L}}'’.-]+){{0,4}},? (?:n[.°º]* ?)?\d{{1,4}}(?: ?[a-zA-Z])?(?:{AddressParts.Break}{AddressParts.Dwelling}){{0,2}}{AddressParts.Break}{AddressParts.CodedTown}", Linear), false),
        (new(@"\b(?i:rue|avenue|boulevard|chemin|quai|chaussée) (?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]) ?)?\p{Lu}[\p{L}'’.-]+(?: (?:de|du|des|la|le|les|\p{Lu}[\p{L}'’.-]*)){0,4},? \d{1,4} ?[a-z]?\b", Linear), true),
        (new($@"\b(?i:lieu-dit|lieu dit|hameau|ferme|domaine|mas|quartier|za|zi|zac),? (?:(?:de|du|des|la|le|les|d['’]|l['’]) ?){{0,2}}\p{{Lu}}[\p{{L}}'’-]+(?: (?:de|du|des|la|le|les|\p{{Lu}}[\p{{L}}'’-]+)){{0,4}}{AddressParts.Break}\d{{5}} \p{{Lu}}[\p{{L}}-]+", Linear), false),

        (new($@"\b(?:\p{{Lu}}[\p{{L}}.-]* ){{0,2}}\p{{Lu}}?[\p{{L}}-]*{GermanSure} ?(?:des \d+\. \p{{L}}+ )?\d{{1,4}}(?: ?[a-zA-Z])?\b(?:/\d{{1,3}}){{0,3}}", Linear), false),
        (new($@"\b\p{{Lu}}[\p{{L}}.-]*(?: (?:der|den|dem|die|das|am|an|im|zum|zur|von|vom|\p{{Lu}}[\p{{L}}.-]*)){{0,4}},? ?(?:Nr\.? )?\d{{1,4}}(?: ?[a-zA-Z])?(?:/\d{{1,3}}){{0,3}}(?:, ?\n?|\s)(?:D-)?\d{{5}},? \p{{Lu}}[\p{{L}}-]+", Linear), false),
        (new($@"\b\p{{Lu}}[\p{{L}}.'’-]*(?: (?:der|den|dem|die|das|am|an|im|zum|zur|von|vom|van|de|\p{{Lu}}[\p{{L}}.-]*)){{0,4}},? ?\d{{1,4}}(?: ?[a-zA-Z])?(?:/\d{{1,3}}){{0,3}}(?:, ?\n?|\n)(?:[A-Z]{{1,2}}-\d{{4,5}}|\d{{4}} [A-Z]{{2}}|\d{{4}}-\d{{3}}|\d{{2}}-\d{{3}}) \p{{Lu}}[\p{{L}}-]+", Linear), false),
        (new($@"\b\p{{Lu}}[\p{{L}}.'’-]*(?: (?:der|den|dem|die|das|am|an|im|zum|zur|von|vom|van|de|\p{{Lu}}[\p{{L}}.-]*)){{0,4}},? ?\d{{1,4}}(?: ?[a-zA-Z])?(?:/\d{{1,3}}){{0,3}}(?:, ?\n?|\n){AddressParts.CodedTown}", Linear), true),
        (new($@"\b[\p{{L}}-]+(?:{GermanSure}|{GermanUnsure}|strasse) ?\d{{1,4}}(?: ?[a-z])?\b[^\n]{{0,10}}?\b\d{{5}} \p{{L}}+", Linear | RegexOptions.IgnoreCase), false),
        (new($@"\b(?:\p{{Lu}}[\p{{L}}.-]* )?(?:\p{{Lu}}[\p{{L}}-]*{GermanUnsure}|(?:[Aa]m|[Ii]m|[Zz]um|[Zz]ur|[Aa]n der|[Ii]n der|[Aa]uf dem|[Aa]uf der|[Uu]nter den|[Hh]inter der|[Hh]inter dem) (?:\p{{Lu}}\p{{L}}+ )?\p{{Lu}}\p{{L}}+) ?\d{{1,4}}(?: ?[a-z])?\b", Linear), true),
        (new($@"\b[\p{{L}}-]+(?:straße|strasse|str\.?|weg|platz|allee|gasse) ?\d{{1,4}}(?: ?[a-z])?\b", Linear | RegexOptions.IgnoreCase), true),

        // Wherever somebody says that it is an address, a name with a number and a city is one.
        (new(@"\b\p{Lu}[\p{L}.'-]+(?: (?:de|del|la|las|los|y|der|den|\p{Lu}[\p{L}.'-]*)){0,4},? \d{1,4} ?[a-z]?, \p{Lu}\p{L}+", Linear), true),

        (new(@"(?:〒? ?\d{3}-?\d{4}[\s、,]*)?(?:東京都|北海道|京都府|大阪府|\p{IsCJKUnifiedIdeographs}{2,3}県)[^\s、。,\d]{1,20} ?[\d一二三四五六七八九十]+(?:(?:丁目|番地|番|号|-|ー|の) ?\d*)*(?:[\s　]?[^\s、。,0-9]{2,15}\d{2,4}号?室?)?", Linear), false),
        (new(@"(?:〒? ?\d{3}-?\d{4}[\s、,]*)?\p{IsCJKUnifiedIdeographs}{1,4}[市区町村][^\s、。,\d]{1,18}\d+(?:-\d+){1,3}(?:[\s　]?[^\s、。,0-9]{2,15}\d{2,4}号?室?)?", Linear), false),
        (new(@"(?:〒? ?\d{3}-?\d{4}[\s、,]*)?\p{IsCJKUnifiedIdeographs}{1,4}[市区町村][^\s、。,\d]{1,18}[\d一二三四五六七八九十]+(?:丁目|番地)[\d番号-]*", Linear), false),
        (new(@"〒 ?\d{3}-?\d{4}[\s、,]*[\p{IsCJKUnifiedIdeographs}]{2,}[都道府県市区郡町村][^\s、。,]{0,20}", Linear), false),
    ];

    public static void FindIn(string plain, List<Finding> found)
    {
        if (!Markers.AreIn(plain) && !Postcode.IsMatch(plain))
            return;
        foreach (var (pattern, needsResidence) in Patterns)
        {
            foreach (var match in pattern.EnumerateMatches(plain))
            {
                if (needsResidence && !IsResidence(plain, match.Index, match.Index + match.Length))
                    continue;
                var (start, end) = AddressParts.Around(plain, match.Index, match.Index + match.Length);
                found.Add(new(DetailKind.Address, Name, start, end, plain[start..end]));
            }
        }
    }

    // "am Freitag 14 Uhr liefern", "im Kiosk 3 Pakete abgegeben": a time or a count, and no house's number.
    private static bool IsResidence(string plain, int start, int end) =>
        DetailCues.ResidenceAround(plain, start, end) && Days.FirstIn(plain, start, end) is null
        && !(CodeWords.Units.FirstIn(plain, end, Math.Min(plain.Length, end + 12)) is var (unit, _) && unit == end + 1);

    private static readonly CueWords Days = new(
        "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag, januar, februar, märz, april, mai , juni, juli, august, september, oktober, november, dezember, wochenende, vormittag, nachmittag, abend, jahr");
}
