using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Assistants.Settings;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// The owner's words for answers, from <c>content/answers/&lt;language&gt;/*.yaml</c>. A text is named by its file and keys,
/// such as <c>orders.status.pending</c>.
/// </summary>
/// <param name="folder">The folder that has one folder a language, such as <c>content/answers</c>.</param>
/// <exception cref="ContentFormatException">A file can't be read, is malformed, or lacks a text that answers need.</exception>
public sealed class AnswerBook(string folder, TimeProvider time, ILogger<AnswerBook> logger)
    : LiveContent<FrozenDictionary<string, AnswerPhrases>>(folder, () => Files(folder), () => Load(folder), time, logger)
{
    /// <summary>So begin the places for what a procedure looked up; the procedure names them.</summary>
    internal const string FoundPlace = "found_";

    private static readonly FrozenSet<string> KnownPlaces = new[]
    {
        "name", "order", "orders", "items", "status", "tracking", "amount", "card", "method",
        "title", "list", "item", "new_items", "payment", "address", "reason", "missing", "total", "difference", "brand", "digits", "balance", "order_items", "old", "state", "refund", "lines", "payments", "order_address",
    }.ToFrozenSet();

    public ImmutableArray<string> Languages => [.. Current.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A language's texts, or null where there are none.</summary>
    public AnswerPhrases? In(string language) => Current.GetValueOrDefault(language);

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.GetDirectories(folder).SelectMany(FilesOf) : [];

    private static IEnumerable<string> FilesOf(string language) => Directory.GetFiles(language, "*.yaml").Order(StringComparer.Ordinal);

    private static FrozenDictionary<string, AnswerPhrases> Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ContentFormatException($"{folder}: the folder of answers is not there. Restore it, or name another content folder.");
        return Directory.GetDirectories(folder)
            .ToFrozenDictionary(language => Path.GetFileName(language), LoadLanguage, StringComparer.Ordinal);
    }

    private static AnswerPhrases LoadLanguage(string folder)
    {
        var texts = new Dictionary<string, ImmutableArray<AnswerTemplate>>(StringComparer.Ordinal);
        foreach (var file in FilesOf(folder))
            Collect(file, Path.GetFileNameWithoutExtension(file), ContentYaml.Root(file, ContentYaml.ReadText(file)), texts);
        var missing = AnswerKeys.Required.Where(key => !texts.ContainsKey(key)).ToList();
        if (missing.Count > 0)
        {
            var file = Path.Combine(folder, missing[0][..missing[0].IndexOf('.', StringComparison.Ordinal)] + ".yaml");
            throw new ContentFormatException($"{file}(1,1): there is no text {string.Join(", ", missing)}; add it (see docs/recipes/write-an-answer.md).");
        }

        return new(texts.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static void Collect(string file, string prefix, YamlMappingNode map, Dictionary<string, ImmutableArray<AnswerTemplate>> texts)
    {
        foreach (var (key, value) in map.Children)
        {
            var name = $"{prefix}.{ContentYaml.Text(file, key)}";
            if (value is YamlMappingNode inner)
                Collect(file, name, inner, texts);
            else if (!texts.TryAdd(name, value is YamlSequenceNode list ? [.. list.Children.Select(item => Template(file, name, item))] : [Template(file, name, value)]))
                throw ContentFormatException.At(file, key, $"the text {name} is there twice; leave one of them out.");
        }
    }

    private static AnswerTemplate Template(string file, string name, YamlNode node)
    {
        try
        {
            var template = AnswerTemplate.Parse(ContentYaml.Text(file, node).TrimEnd());
            if (name == AnswerKeys.WrittenNumber)
                WrittenNumbers.Like(template.FixedText);
            return template.Places.FirstOrDefault(place => !KnownPlaces.Contains(place) && !place.StartsWith(FoundPlace, StringComparison.Ordinal)) is { } unknown
                ? throw new FormatException($"nothing is known as {{{{{unknown}}}}}; known are {string.Join(", ", KnownPlaces.Order(StringComparer.Ordinal))}, and {FoundPlace}… for what a procedure looked up.")
                : template;
        }
        catch (FormatException error) when (error is not ContentFormatException)
        {
            throw ContentFormatException.At(file, node, error.Message);
        }
    }
}

/// <summary>One language's texts.</summary>
public sealed class AnswerPhrases
{
    private readonly FrozenDictionary<string, ImmutableArray<AnswerTemplate>> _texts;

    internal AnswerPhrases(FrozenDictionary<string, ImmutableArray<AnswerTemplate>> texts)
    {
        _texts = texts;
        _actions = texts.ToFrozenDictionary(
            entry => entry.Key, entry => entry.Value.Select(template => template.FixedText).ToImmutableArray(), StringComparer.Ordinal);
        Numbers = Find(AnswerKeys.WrittenNumber) is { } example ? WrittenNumbers.Like(example.FixedText) : WrittenNumbers.English;
    }

    /// <summary>How the language writes amounts.</summary>
    internal WrittenNumbers Numbers { get; }

    private readonly FrozenDictionary<string, ImmutableArray<string>> _actions;

    public bool Has(string key) => _texts.ContainsKey(key);

    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public AnswerTemplate this[string key] => _texts[key][0];

    public AnswerTemplate? Find(string key) => _texts.TryGetValue(key, out var templates) ? templates[0] : null;

    /// <summary>A list of texts as they stand; empty where there is none.</summary>
    public ImmutableArray<string> List(string key) => _actions.TryGetValue(key, out var texts) ? texts : [];
}
