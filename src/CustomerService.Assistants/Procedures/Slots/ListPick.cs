using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>Which entries of a numbered list a reply means: "2", "the second", "1 and 3", "el último", "2番目".</summary>
internal static partial class ListPick
{
    private const int Last = -1;

    private static readonly FrozenDictionary<string, int> Words = new (int Number, string Words)[]
    {
        (1, "first,1st,one,primero,primera,primer,uno,premier,premiere,erste,ersten,erster,erstes,eins"),
        (2, "second,2nd,two,segundo,segunda,dos,deuxieme,seconde,deux,zweite,zweiten,zweiter,zweites,zwei"),
        (3, "third,3rd,three,tercero,tercera,tercer,tres,troisieme,trois,dritte,dritten,dritter,drittes,drei"),
        (4, "fourth,4th,four,cuarto,cuarta,cuatro,quatrieme,quatre,vierte,vierten,vierter,viertes,vier"),
        (5, "fifth,5th,five,quinto,quinta,cinco,cinquieme,cinq,funfte,funften,funfter,funftes,funf"),
        (Last, "last,ultimo,ultima,dernier,derniere,letzte,letzten,letzter,letztes"),
    }.SelectMany(entry => entry.Words.Split(',').Select(word => (word, entry.Number))).ToFrozenDictionary(entry => entry.word, entry => entry.Number);

    /// <param name="text">The reply.</param>
    /// <param name="count">How many entries were listed.</param>
    /// <returns>Places from 0 on, each once, in the order in which they are said; empty: none is meant.</returns>
    public static ImmutableArray<int> Read(string text, int count)
    {
        var picks = new List<int>();
        string? before = null;
        foreach (var word in Japanese().Replace(FoldedText.Of(text), " $1 ").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var number = word switch
            {
                "最後" => Last,
                { Length: <= 2 } when int.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out var digits) => digits,
                _ => Words.GetValueOrDefault(word),
            };
            // "The second one", "the one with the lamp": that is no number.
            if (word == "one" && before is not (null or "number" or "option" or "item" or "order" or "and" or "or"))
                number = 0;
            before = word;
            var place = number == Last ? count - 1 : number - 1;
            if (number != 0 && place >= 0 && place < count && !picks.Contains(place))
                picks.Add(place);
        }

        return [.. picks];
    }

    // "2番目", "2つ目", "2番": the number stands without a space. "一番目" is written out.
    [GeneratedRegex(@"(?:第)?([0-9]{1,2}|最後)\s?(?:番目|番|つ目|つめ|個目|の)", RegexOptions.CultureInvariant)]
    private static partial Regex Japanese();
}
