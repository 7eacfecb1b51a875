using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CustomerService.Integrations.Identity;

/// <summary>
/// Full names that a text may mean. A wrong candidate does no harm: a name counts only together with its owner's postcode.
/// </summary>
internal static partial class NameText
{
    private const int MostWords = 5;
    private const int MostStarts = 40;

    private static readonly FrozenSet<string> NotNames = """
        a about account address am an and are at back be been call called calling can cancel check code contact could customer
        delivery do email for from get good got had has have hello help here hey hi how i id if in is it its just last like
        live living located looking mail me mine mr mrs ms my name need never no not number of ok okay on order orders our
        out parcel phone please postal postcode refund return shipping so still sure surname thank thanks that the then there this
        to trying under waiting want was we were what when where which who why with writing yes you your zip zipcode very really
        status first second dear sir madam morning evening afternoon
        soy me llamo mi nombre es correo código codigo cp vivo tengo quiero cliente desde con hola gracias pedido por favor y en
        je suis m'appelle mon nom est adresse mail bonjour merci commande avec et habite cliente depuis au votre vous plaît
        ich bin heiße heisse mein ist und meine postleitzahl lautet wohne hallo danke bestellung guten tag bitte kunde kundin seit
        i'm i’m im it's it’s i've i’ve i'd i’d don't can't what's where's that's
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="text">What is left of a message without its other details.</param>
    /// <param name="expected">
    /// A name is likely, since other details stand beside it or we asked. Otherwise only one that is introduced counts:
    /// "Password Reset" is nobody's name.
    /// </param>
    internal static ImmutableArray<string> Find(string text, bool expected)
    {
        var names = Introduced(text, expected).Concat(Japanese(text, expected));
        if (expected)
            names = names.Concat(CapitalisedRuns(text)).Append(WholeText(text));
        return [.. names.OfType<string>().SelectMany(Readings).DistinctBy(Folded.Name).Take(CustomerProof.MostNames)];
    }

    // "I'm mei kovacs" is a name beside a postcode, but "I'm really annoyed" is none.
    private static IEnumerable<string?> Introduced(string text, bool expected) => Introduction().Matches(text)
        .Select(match => Run(text[(match.Index + match.Length)..], capitalsOnly: !expected && !match.Groups["surely"].Success));

    // "山田太郎です", "名前は山田 太郎です", "山田と申します": family name first, and no space is needed, so the likeliest ways to read it are tried.
    private static IEnumerable<string?> Japanese(string text, bool expected)
    {
        foreach (Match match in JapaneseName().Matches(text))
        {
            var surely = match.Groups["surely"].Success || match.Groups["humbly"].Success;
            if (!surely && !expected)
                continue;
            var name = match.Groups["name"].Value;
            if (name.IndexOf(' ') is > 0 and var space)
            {
                yield return $"{name[(space + 1)..]} {name[..space]}";
                yield return name;
                continue;
            }

            // Most family names have two characters, and so have most given ones.
            foreach (var split in Enumerable.Range(1, name.Length - 1).OrderBy(length => Math.Abs(length - 2)))
                yield return $"{name[split..]} {name[..split]}";
        }
    }

    // "Maria de la Cruz" is a name, and so may "Maria Cruz" be in "Maria Cruz Madrid".
    private static IEnumerable<string> Readings(string run)
    {
        yield return run;
        var words = run.Split(' ');
        if (words.Length > 2)
            yield return $"{words[0]} {words[1]}";
    }

    private static IEnumerable<string?> CapitalisedRuns(string text)
    {
        foreach (var word in Word().Matches(text).Take(MostStarts))
        {
            var first = word.Index == 0 || !char.IsLetter(text[word.Index - 1]);
            if (first && char.IsUpper(word.Value[0]) && Run(text[word.Index..], capitalsOnly: true) is { } run)
                yield return run;
        }
    }

    // "mei kovacs 28236": nothing but the name is left when the other details are cut out.
    private static string? WholeText(string text) =>
        Word().Count(text) <= MostWords ? Run(text.TrimStart(' ', '|', ',', '.', ';', ':', '-', '\n', '\r', '\t'), capitalsOnly: false) : null;

    // Two to five words from the start, up to a mark or a word that no name has.
    private static string? Run(string text, bool capitalsOnly)
    {
        var words = new List<string>();
        var at = 0;
        while (words.Count < MostWords && NextWord().Match(text, at) is { Success: true } match && match.Index == at)
        {
            var word = match.Groups["word"].Value;
            if (NotNames.Contains(word) || (capitalsOnly && !char.IsUpper(word[0])))
                break;
            words.Add(word);
            at += match.Length;
        }
        return words.Count >= 2 ? string.Join(' ', words) : null;
    }

    [GeneratedRegex(@"\b(?:(?<surely>my\s+(?:full\s+)?name(?:\s+is|['’]s)?|name\s*(?:is|:)|on\s+behalf\s+of|me\s+llamo|mi\s+nombre(?:\s+completo)?\s+es|a\s+nombre\s+de|je\s+m['’]appelle|mon\s+nom(?:\s+complet)?\s+est|au\s+nom\s+de|ich\s+hei(?:ß|ss)e|mein\s+(?:voller\s+)?name\s+(?:ist|lautet)|auf\s+den\s+namen|nombre\s*:|nom\s*:)|soy|je\s+suis|ich\s+bin|i\s?['’]?\s?a?m|this\s+is|it['’]?s|it\s+is)\s*:?\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"(?<surely>(?:名前|氏名|名義|名義人|私)(?:は|が|:|：)?\s*)?(?<name>(?:[\u4E00-\u9FFF々]{1,4}\s[\u4E00-\u9FFF々\u3040-\u30FF]{1,4}|[\u4E00-\u9FFF々]{3,6}))\s?(?:(?<humbly>と申します|と言います|といいます)|です|だ|$|[、,.。|])", RegexOptions.CultureInvariant)]
    private static partial Regex JapaneseName();

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}'’-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G(?:[ \t]{0,3})(?<word>\p{L}[\p{L}\p{M}'’-]{0,39})\.?", RegexOptions.CultureInvariant)]
    private static partial Regex NextWord();
}
