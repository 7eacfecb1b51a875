using System.Collections.Frozen;
using CustomerService.Assistants.Settings;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Assistants.Quality;

/// <summary>Reads <c>content/quality.yaml</c>, and beside it <c>quality/&lt;language&gt;.yaml</c> with each language's lists.</summary>
public static class QualityRulesFile
{
    private static readonly string[] Lists =
    [
        "prohibited", "regulatory", "rude", "sarcastic", "cheerful", "empathetic", "apologies", "off_brand", "needs_person", "formal", "informal",
    ];

    private static readonly string[] Keys = ["pass_mark", "abbreviations", "own_contacts", "brand", "rules", "people", .. Lists];

    /// <summary>Reads the file and the languages' files beside it.</summary>
    /// <exception cref="ContentFormatException">One can't be read or says something unknown; the message names the place and the fix.</exception>
    public static QualityRules Load(string path)
    {
        var rules = Parse(path, ContentYaml.ReadText(path));
        var languages = LanguageFiles(path)
            .ToFrozenDictionary(file => Path.GetFileNameWithoutExtension(file), file => rules.EveryLanguage.With(ParseLanguage(file, ContentYaml.ReadText(file))));
        // Whom a word addresses politely can't be told without the language.
        var any = languages.Values.Aggregate(rules.EveryLanguage, (all, terms) => all.With(terms)) with { Formal = new([]), Informal = new([]) };
        return rules with { ByLanguage = languages, AnyLanguage = any };
    }

    /// <summary>The languages' files beside a file of rules, whose names are the languages.</summary>
    public static IReadOnlyList<string> LanguageFiles(string path)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "quality");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>The rules of one text, without the languages' files.</summary>
    /// <exception cref="ContentFormatException">It says something unknown; the message names the place and the fix.</exception>
    public static QualityRules Parse(string path, string text)
    {
        var root = ContentYaml.Root(path, text);
        QualityRuleReader.CheckKeys(path, root, Keys);
        var defaults = new QualityRules();
        return new QualityRules
        {
            PassMark = QualityRuleReader.Number(path, root, "pass_mark", defaults.PassMark),
            EveryLanguage = Terms(path, root),
            Abbreviations = ContentYaml.Texts(path, root, "abbreviations"),
            OwnContacts = ContentYaml.Texts(path, root, "own_contacts"),
            Brand = QualityRuleReader.Brand(path, root),
            Rules = QualityRuleReader.Rules(path, root),
            People = QualityRuleReader.People(path, root),
        };
    }

    /// <summary>One language's lists.</summary>
    /// <exception cref="ContentFormatException">It says something unknown; the message names the place and the fix.</exception>
    public static LanguageTerms ParseLanguage(string path, string text)
    {
        var root = ContentYaml.Root(path, text);
        QualityRuleReader.CheckKeys(path, root, Lists);
        return Terms(path, root);
    }

    private static LanguageTerms Terms(string path, YamlMappingNode root)
    {
        TermList List(string key, bool exactCase = false) => new(ContentYaml.Texts(path, root, key), exactCase);
        return new LanguageTerms
        {
            Prohibited = List("prohibited"),
            Regulatory = List("regulatory"),
            Rude = List("rude"),
            Sarcastic = List("sarcastic"),
            Cheerful = List("cheerful"),
            Empathetic = List("empathetic"),
            Apologies = List("apologies"),
            OffBrand = List("off_brand"),
            NeedsPerson = List("needs_person"),
            Formal = List("formal", exactCase: true),
            Informal = List("informal", exactCase: true),
        };
    }
}
