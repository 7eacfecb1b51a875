using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CustomerService.Assistants.Procedures;

/// <summary>An address in parts, read from how people in the five languages write one; what is missing is asked for.</summary>
internal static partial class AddressParts
{
    public const string Street = "address1";
    public const string Extra = "address2";
    public const string City = "city";
    public const string State = "state";
    public const string Postcode = "zip";
    public const string Country = "country";

    private const int LongestPart = 120;

    private static readonly ImmutableArray<(string Word, string Country)> Countries =
    [
        ("united states of america", "USA"), ("united states", "USA"), ("usa", "USA"), ("us", "USA"), ("estados unidos", "USA"), ("etats unis", "USA"), ("vereinigte staaten", "USA"), ("アメリカ", "USA"),
        ("united kingdom", "UK"), ("uk", "UK"), ("great britain", "UK"), ("germany", "Germany"), ("deutschland", "Germany"), ("alemania", "Germany"), ("allemagne", "Germany"),
        ("france", "France"), ("francia", "France"), ("frankreich", "France"), ("spain", "Spain"), ("espana", "Spain"), ("espagne", "Spain"), ("spanien", "Spain"),
        ("austria", "Austria"), ("osterreich", "Austria"), ("switzerland", "Switzerland"), ("schweiz", "Switzerland"), ("suisse", "Switzerland"), ("belgium", "Belgium"), ("belgique", "Belgium"),
        ("mexico", "Mexico"), ("canada", "Canada"), ("japan", "Japan"), ("japon", "Japan"), ("日本", "Japan"),
    ];

    /// <summary>No part is overlong or has what no address has.</summary>
    public static bool IsSound(ImmutableDictionary<string, string> parts) =>
        !parts.IsEmpty && parts.All(part => part.Key is Street or Extra or City or State or Postcode or Country && part.Value.Length is > 0 and <= LongestPart);

    public static ImmutableArray<string> Missing(ImmutableDictionary<string, string> parts)
    {
        string[] needed = parts.GetValueOrDefault(Country) is "USA" or "Canada" ? [Street, City, State, Postcode] : [Street, City, Postcode];
        return [.. needed.Where(part => !parts.ContainsKey(part))];
    }

    /// <summary>Adds what a message has of an address to what is known.</summary>
    /// <param name="text">The message.</param>
    /// <param name="known">What was given before.</param>
    /// <param name="asked">The customer was just asked for it: then a bare city is one.</param>
    /// <param name="home">The customer's own country, for an address that names none.</param>
    /// <returns>Null: the message has nothing of an address.</returns>
    public static ImmutableDictionary<string, string>? Read(string text, ImmutableDictionary<string, string> known, bool asked, string home)
    {
        var found = Japanese(text) ?? Western(text, known, asked);
        if (found is null)
            return null;
        // A whole new street begins a new address; parts complete the one that was begun.
        var parts = found.ContainsKey(Street) && known.ContainsKey(Street) ? found : known.SetItems(found);
        return parts.ContainsKey(Country) ? parts : parts.Add(Country, home);
    }

    private static ImmutableDictionary<string, string>? Japanese(string text)
    {
        var match = JapaneseAddress().Match(text);
        return match.Success
            ? ImmutableDictionary.CreateRange(new KeyValuePair<string, string>[]
            {
                new(Postcode, match.Groups["zip"].Value), new(State, match.Groups["state"].Value), new(City, match.Groups["city"].Value),
                new(Street, Cut(TrailingVerb().Replace(match.Groups["street"].Value, ""))), new(Country, "Japan"),
            })
            : null;
    }

    private static ImmutableDictionary<string, string>? Western(string text, ImmutableDictionary<string, string> known, bool asked)
    {
        var found = ImmutableDictionary.CreateBuilder<string, string>();
        var street = StreetPattern().Match(text);
        // "69002 Lyon" looks like a house number and its street, and is a postcode and its city.
        if (street.Success && PostcodeAndCity().IsMatch(street.Value))
            street = Match.Empty;
        if (!street.Success && !asked)
            return null;
        var pieces = (street.Success ? text[street.Index..] : text).Split([',', '\n', ';', '、', '。'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (index, piece) in pieces.Index())
            Take(Politeness().Replace(piece, "").Trim().TrimEnd('.', '!'), street.Success && index == 0, found, known);
        return found.Count == 0 || (!street.Success && !asked) ? null : found.ToImmutable();
    }

    private static void Take(string piece, bool first, ImmutableDictionary<string, string>.Builder found, ImmutableDictionary<string, string> known)
    {
        if (piece.Length == 0)
            return;
        if (first)
        {
            var street = StreetPattern().Match(piece).Value.Trim();
            Set(found, Street, street);
            Take(piece[street.Length..].Trim(), false, found, known);
        }
        else if (CountryOf(piece) is { } country)
        {
            found[Country] = country;
        }
        else if (ExtraPattern().IsMatch(piece))
        {
            Set(found, Extra, piece);
        }
        else if (PostcodePattern().Match(piece) is { Success: true } zip)
        {
            found[Postcode] = zip.Value.ToUpperInvariant();
            var rest = (piece[..zip.Index] + " " + piece[(zip.Index + zip.Length)..]).Trim();
            Take(AnnouncedPart().Replace(rest, "").Trim(), false, found, known);
        }
        else if (StateEnd().Match(piece) is { Success: true } state)
        {
            found[State] = state.Groups["state"].Value.ToUpperInvariant();
            Take(piece[..state.Index].Trim(), false, found, known);
        }
        else if (CityPattern().IsMatch(piece) && !found.ContainsKey(City))
        {
            Set(found, City, AnnouncedPart().Replace(piece, "").Trim());
        }
    }

    private static void Set(ImmutableDictionary<string, string>.Builder found, string part, string value)
    {
        if (value.Length > 0)
            found[part] = Cut(value);
    }

    private static string Cut(string value) => value.Length <= LongestPart ? value.Trim() : value[..LongestPart].Trim();

    private static string? CountryOf(string piece)
    {
        var folded = Language.FoldedText.Of(piece).Trim();
        return Countries.FirstOrDefault(country => country.Word == folded).Country;
    }

    // "12 New Street", "Hauptstraße 5", "rue de Rivoli 12", "Calle Mayor 3": up to the next comma.
    [GeneratedRegex(@"(?<![#\w])(?:\d{1,5}[A-Za-z]?(?:\s?(?:bis|ter))?\s+(?:[\p{L}\d][\p{L}\d.'’-]*\s?){1,6}(?=,|\n|;|$|\.\s|\s(?:in|instead|please)\b)|(?:\p{L}[\p{L}.'’-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|ufer)|(?:(?:An|Am|Auf|Im|Zum|Zur|Alte|Neue)\s(?:der|den|dem)?\s?)?\p{Lu}[\p{L}.'’-]*(?:\s(?:Straße|Str\.|Weg|Platz|Allee|Gasse|Ring))|(?:calle|avenida|av\.|plaza|paseo|c/|rue|avenue|boulevard|place|chemin|quai|via)\s(?:[\p{L}.'’-]+\s?){1,5}?)\s?,?\s?\d{1,5}\s?[A-Za-z]?\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StreetPattern();

    [GeneratedRegex(@"^(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|#|no|c/o|piso|planta|puerta|appt|appartement|etage|étage|bat|bât|wohnung|whg|stock|hinterhaus)\b?\.?\s?\S+|^\d+\s?[ºª°](?:\s|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExtraPattern();

    [GeneratedRegex(@"^\d{5}\s+(?:(?!(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|highway|hwy)\b)\p{L}[\p{L}.'’-]*\s?){1,2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PostcodeAndCity();

    [GeneratedRegex(@"(?<![\w-])(?:\d{5}(?:-\d{4})?|\d{3}-\d{4}|[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z]\s?\d[A-Za-z]\d|\d{4}\s?[A-Z]{2}|\d{4})(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex PostcodePattern();

    [GeneratedRegex(@"(?:^|\s)(?<state>A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])$", RegexOptions.CultureInvariant)]
    private static partial Regex StateEnd();

    [GeneratedRegex(@"^(?:\p{L}[\p{L}.'’-]*\s?){1,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex CityPattern();

    [GeneratedRegex(@"\b(?:please|thanks|thank you|instead|por favor|gracias|s['’]il vous pla[iî]t|svp|merci|bitte|danke)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Politeness();

    [GeneratedRegex(@"\b(?:the\s)?(?:city|state|zip(?:\s?code)?|post(?:al)?\s?code|postcode|ciudad|c[oó]digo postal|ville|code postal|stadt|ort|plz|postleitzahl)\b(?:\s(?:is|es|est|ist|of))?\s?:?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPart();

    [GeneratedRegex(@"〒?\s?(?<zip>\d{3}-\d{4})[\s,、]*(?<state>東京都|北海道|京都府|大阪府|\p{IsCJKUnifiedIdeographs}{2,3}県)\s?(?<city>[^\s\d,、。]{1,12}?[市区町村])\s?(?<street>[^\n。、]{1,60})", RegexOptions.CultureInvariant)]
    private static partial Regex JapaneseAddress();

    [GeneratedRegex(@"(?:に|へ|です|で).*$", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingVerb();
}
