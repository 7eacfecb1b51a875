using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>Which variant of a product a customer's words ask for: by option values ("size L", "in black"), or the cheapest.</summary>
internal static class OptionWords
{
    private const int Closest = 3;

    private static readonly string[] Cheapest = ["cheapest", "least expensive", "lowest price", "mas barato", "mas barata", "moins cher", "moins chere", "gunstigste", "gunstigsten", "billigste", "billigsten", "一番安い", "最安"];
    private static readonly string[] Dearest = ["most expensive", "mas caro", "mas cara", "plus cher", "plus chere", "teuerste", "teuersten", "一番高い"];

    // Colours are what catalogues and customers name in different languages most.
    private static readonly FrozenDictionary<string, string[]> Translated = new Dictionary<string, string[]>
    {
        ["black"] = ["negro", "negra", "noir", "noire", "schwarz", "schwarze", "schwarzen", "schwarzes", "schwarzer", "黒"],
        ["white"] = ["blanco", "blanca", "blanc", "blanche", "weiss", "weisse", "weissen", "weisses", "weisser", "白"],
        ["red"] = ["rojo", "roja", "rouge", "rot", "rote", "roten", "rotes", "roter", "赤"],
        ["blue"] = ["azul", "bleu", "bleue", "blau", "blaue", "blauen", "blaues", "blauer", "青"],
        ["green"] = ["verde", "vert", "verte", "grun", "grune", "grunen", "grunes", "gruner", "緑"],
        ["yellow"] = ["amarillo", "amarilla", "jaune", "gelb", "gelbe", "gelben", "gelbes", "黄色"],
        ["grey"] = ["gray", "gris", "grise", "grau", "graue", "grauen", "graues", "グレー", "灰色"],
        ["gray"] = ["grey", "gris", "grise", "grau", "graue", "grauen", "graues", "グレー", "灰色"],
        ["silver"] = ["plateado", "plateada", "argente", "argentee", "silber", "silberne", "silbernen", "銀", "シルバー"],
        ["gold"] = ["dorado", "dorada", "dore", "doree", "golden", "goldene", "goldenen", "金", "ゴールド"],
        ["brown"] = ["marron", "brun", "brune", "braun", "braune", "braunen", "braunes", "茶色"],
        ["pink"] = ["rosa", "rose", "ピンク"],
        ["purple"] = ["morado", "morada", "violet", "violette", "lila", "紫"],
        ["small"] = ["pequeno", "pequena", "petit", "petite", "klein", "kleine", "kleinen", "小さい"],
        ["medium"] = ["mediano", "mediana", "moyen", "moyenne", "mittel", "mittlere", "mittleren", "中くらい"],
        ["large"] = ["grande", "grand", "gross", "grosse", "grossen", "大きい"],
        ["wood"] = ["madera", "bois", "holz", "木"],
        ["leather"] = ["cuero", "cuir", "leder", "革"],
        ["metal"] = ["métal", "metall", "金属"],
        ["wireless"] = ["inalambrico", "inalambrica", "sans fil", "kabellos", "kabellose", "ワイヤレス", "無線"],
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.Select(word => FoldedText.Of(word).Trim()).ToArray());

    /// <summary>Whether a folded text says an option's value, in the catalogue's word or the customer's.</summary>
    public static bool Says(string folded, string value)
    {
        var word = FoldedText.Of(value).Trim();
        return FoldedText.Has(folded, word) || (Translated.TryGetValue(word, out var others) && others.Any(other => FoldedText.Has(folded, other)));
    }

    /// <returns>The variants that fit, best first: exactly one where the words leave no doubt; empty: the words name no option, or nothing in stock has it.</returns>
    /// <param name="alternatives">What may be chosen.</param>
    /// <param name="all">Every variant of the product: an option that none of the alternatives has is still understood.</param>
    public static VariantReading Read(string text, OrderLine line, ImmutableArray<ProductVariant> alternatives, ImmutableArray<ProductVariant> all)
    {
        var folded = FoldedText.Of(text);
        if (alternatives.FirstOrDefault(variant => FoldedText.Has(folded, variant.ItemId)) is { } byId)
            return new([byId], Named: true);
        var wished = Wished(folded, line, all);
        var fitting = alternatives.Where(variant => wished.All(wish => variant.Options.GetValueOrDefault(wish.Key) is { } value && wish.Values.Contains(value))).ToList();
        if (Cheapest.Any(phrase => FoldedText.Has(folded, phrase)))
            return new([.. fitting.Take(1)], Named: true);
        if (Dearest.Any(phrase => FoldedText.Has(folded, phrase)))
            return new([.. fitting.TakeLast(1)], Named: true);
        if (wished.Count == 0)
            return new([], Named: false);
        if (fitting.Count <= 1)
            return new([.. fitting], Named: true);
        // What is not said stays as it is, where there is such a variant.
        var same = fitting.Where(variant => variant.Options.All(option =>
            wished.Any(wish => wish.Key == option.Key) || line.Options.GetValueOrDefault(option.Key) == option.Value)).ToList();
        return same.Count == 1 ? new([same[0]], Named: true) : new([.. fitting], Named: true);
    }

    private static List<(string Key, HashSet<string> Values)> Wished(string folded, OrderLine line, ImmutableArray<ProductVariant> all)
    {
        var wished = new List<(string, HashSet<string>)>();
        var options = all.SelectMany(variant => variant.Options).Concat(line.Options).GroupBy(option => option.Key, option => option.Value, StringComparer.Ordinal);
        foreach (var option in options)
        {
            var said = option.Distinct(StringComparer.Ordinal).Where(value => IsSaid(folded, option.Key, value)).ToHashSet(StringComparer.Ordinal);
            // "500 ml" is said in "1500 ml" no more than the other way round: the longest of overlapping values counts.
            said.RemoveWhere(value => said.Any(longer => longer.Length > value.Length && longer.Contains(value, StringComparison.OrdinalIgnoreCase)));
            // "the red one in blue": red says which is meant, blue what it shall be.
            if (said.Count > 1 && line.Options.TryGetValue(option.Key, out var present))
                said.Remove(present);
            if (said.Count > 0 && !(said.Count == 1 && line.Options.GetValueOrDefault(option.Key) is { } now && said.Contains(now) && wished.Count == 0 && !FoldedText.Has(folded, "same")))
                wished.Add((option.Key, said));
        }

        return wished;
    }

    // A value of one or two letters counts beside its option only, or where it stands alone: "size L", "in L".
    private static bool IsSaid(string folded, string key, string value)
    {
        if (!Says(folded, value))
            return false;
        var word = FoldedText.Of(value).Trim();
        if (word.Length > 2)
            return true;
        var name = FoldedText.Of(key).Trim();
        string[] beside = [name, "size", "talla", "taille", "grosse", "サイズ", "in", "en", "to", "a"];
        return folded.Trim() == word || beside.Any(before => FoldedText.Has(folded, $"{before} {word}")) || FoldedText.Has(folded, $"{word} {name}") || folded.Contains(word + "サイズ", StringComparison.Ordinal) || folded.Trim().Split(' ').Length <= Closest;
    }
}

/// <summary>What words say of a variant.</summary>
/// <param name="Fitting">Those in stock that fit.</param>
/// <param name="Named">The words name an option at all: none that fits is then out of stock, or does not exist.</param>
internal readonly record struct VariantReading(ImmutableArray<ProductVariant> Fitting, bool Named);
