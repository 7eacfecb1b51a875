using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Assistants.Settings;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Assistants.Quality;

/// <summary>Reads <c>content/quality.yaml</c>.</summary>
public static class QualityRulesFile
{
    private static readonly string[] Keys =
    [
        "pass_mark", "prohibited", "regulatory", "rude", "cheerful", "empathetic", "off_brand", "needs_person", "abbreviations", "own_contacts",
    ];

    /// <exception cref="ContentFormatException">The file can't be read or says something unknown; the message names the place and the fix.</exception>
    public static QualityRules Load(string path) => Parse(path, ContentYaml.ReadText(path));

    /// <inheritdoc cref="Load"/>
    public static QualityRules Parse(string path, string text)
    {
        var root = ContentYaml.Root(path, text);
        foreach (var key in root.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !Keys.Contains(name))
                throw ContentFormatException.At(path, key, $"unknown key '{key}'; known are {string.Join(", ", Keys)}.");
        }

        TermList Terms(string key) => new(ContentYaml.Texts(path, root, key));
        return new QualityRules
        {
            PassMark = PassMark(path, root),
            Prohibited = Terms("prohibited"),
            Regulatory = Terms("regulatory"),
            Rude = Terms("rude"),
            Cheerful = Terms("cheerful"),
            Empathetic = Terms("empathetic"),
            OffBrand = Terms("off_brand"),
            NeedsPerson = Terms("needs_person"),
            Abbreviations = ContentYaml.Texts(path, root, "abbreviations"),
            OwnContacts = ContentYaml.Texts(path, root, "own_contacts"),
        };
    }

    private static double PassMark(string path, YamlMappingNode root)
    {
        if (!root.Children.TryGetValue("pass_mark", out var node))
            return new QualityRules().PassMark;
        return node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var mark) && mark is >= 0 and <= 1
            ? mark
            : throw ContentFormatException.At(path, node, $"pass_mark is '{node}'; write a number from 0 to 1, such as 0.8.");
    }
}
