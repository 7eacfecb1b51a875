using System.Collections.Immutable;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>Which lines of an order a customer's words name: by product, by what tells variants apart, or all of them.</summary>
internal static class ItemWords
{
    private static readonly ImmutableArray<string> All = Phrases(
        "all,everything,all of them,all of it,whole order,entire order,all items,every item,todo,todos,todas,todo el pedido,tout,tous,toutes,toute la commande,alles,alle,die ganze bestellung,全部,すべて,全て,ぜんぶ");

    private static readonly ImmutableArray<string> Both = Phrases("both,both of them,ambos,ambas,los dos,las dos,les deux,tous les deux,toutes les deux,beide,beides,alle beide,両方,どちらも,2つとも,二つとも");

    private static readonly ImmutableArray<string> Except = Phrases("except,except for,but not,apart from,other than,excepto,menos,salvo,sauf,a part,excepte,ausser,bis auf,以外,を除いて");

    /// <returns>The items; empty: no line is surely meant.</returns>
    /// <param name="asked">The customer was just asked which: then "all" and "the blue one" are answers.</param>
    public static ImmutableArray<string> Read(string text, ImmutableArray<OrderLine> lines, bool asked)
    {
        var folded = FoldedText.Of(text);
        if (Except.Select(phrase => (Phrase: phrase, At: FoldedText.IndexOf(folded, phrase, 0))).Where(hit => hit.At >= 0).OrderByDescending(hit => hit.Phrase.Length).FirstOrDefault() is { Phrase: not null } except
            && asked && Says(folded, All))
        {
            // In Japanese the exception stands before its word, elsewhere after it.
            var excepted = Named(FoldedText.IsUnspaced(except.Phrase[0]) ? folded[..except.At] : folded[(except.At + except.Phrase.Length)..] + " ", lines, asked: true);
            return excepted.IsEmpty ? [] : [.. lines.Except(excepted, ReferenceEqualityComparer.Instance).Cast<OrderLine>().Select(line => line.ItemId)];
        }

        var named = Named(folded, lines, asked);
        if (!named.IsEmpty)
            return [.. named.Select(line => line.ItemId)];
        var all = asked && (Says(folded, All) || (lines.Length == 2 && Says(folded, Both)));
        return all ? [.. lines.Select(line => line.ItemId)] : [];
    }

    /// <summary>Where a line's product is named in a folded text; -1: it is not.</summary>
    public static int NamedAt(string folded, OrderLine line)
    {
        var best = -1;
        foreach (var word in NameWords(line))
        {
            var at = At(folded, word);
            if (at >= 0 && (best < 0 || at < best))
                best = at;
        }

        return best;
    }

    private static ImmutableArray<OrderLine> Named(string folded, ImmutableArray<OrderLine> lines, bool asked)
    {
        var hits = lines.Select(line => (Line: line, Words: NameWords(line).Where(word => At(folded, word) >= 0).ToHashSet(StringComparer.Ordinal))).ToList();
        // "desk lamp" names the lamp, though the desk mat shares a word with it.
        var named = hits.Where(hit => hit.Words.Count > 0 && !hits.Any(other => hit.Words.IsProperSubsetOf(other.Words))).Select(hit => hit.Line).ToList();
        if (named.Count == 0)
            return asked ? Distinct(folded, [.. lines], nothingElse: true) : [];

        var meant = ImmutableArray.CreateBuilder<OrderLine>();
        var products = named.GroupBy(line => line.ProductId, StringComparer.Ordinal).ToList();
        // "the lamp" where there is a desk lamp and a floor lamp: two products by one and the same word are one too many.
        if (products.Count > 1 && products.Select(group => hits.First(hit => ReferenceEquals(hit.Line, group.First())).Words).Distinct(HashSet<string>.CreateSetComparer()).Count() < products.Count && !IsPlural(folded))
            return [];
        foreach (var product in products)
        {
            var chosen = Distinct(folded, [.. product], nothingElse: false);
            if (chosen.IsEmpty)
                return [];
            meant.AddRange(chosen);
        }

        return meant.ToImmutable();
    }

    // Of several pieces of one product: those whose options are said, else all for "lamps", else one where all are the same.
    private static ImmutableArray<OrderLine> Distinct(string folded, ImmutableArray<OrderLine> lines, bool nothingElse)
    {
        if (lines.Length == 1 && !nothingElse)
            return lines;
        var scores = lines.Select(line => line.Options.Values.Count(value => OptionWords.Says(folded, value))).ToList();
        var best = scores.Max();
        if (best > 0 && lines.Where((_, i) => scores[i] == best).ToImmutableArray() is var said && (said.Length == 1 || said.Select(line => line.ItemId).Distinct().Count() == 1 || IsPlural(folded)))
            return IsPlural(folded) ? said : [said[0]];
        if (nothingElse)
            return [];
        if (IsPlural(folded))
            return lines;
        return lines.Select(line => line.ItemId).Distinct(StringComparer.Ordinal).Count() == 1 ? [lines[0]] : [];
    }

    private static bool IsPlural(string folded) => Says(folded, Both) || Says(folded, All);

    private static bool Says(string folded, ImmutableArray<string> phrases) => phrases.Any(phrase => FoldedText.Has(folded, phrase));

    private static IEnumerable<string> NameWords(OrderLine line) =>
        FoldedText.Of(line.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 3 || FoldedText.IsUnspaced(word[0]));

    // A plural counts as the word: lamps for lamp, watches for watch, and shoe for shoes.
    private static int At(string folded, string word)
    {
        string[] forms = word.EndsWith('s') && word.Length > 4 ? [word, word[..^1]] : [word, word + "s", word + "es"];
        return forms.Select(form => FoldedText.IndexOf(folded, form, 0)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
    }

    private static ImmutableArray<string> Phrases(string list) => [.. list.Split(',').Select(phrase => FoldedText.Of(phrase).Trim())];
}
