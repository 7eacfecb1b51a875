using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Assistants.Settings;

/// <summary>Reads the owner's YAML content with places for errors.</summary>
internal static class ContentYaml
{
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ContentFormatException($"{path}: can't be read ({error.Message}). Restore the file, or name another content folder.", error);
        }
    }

    /// <summary>The file's one map; an empty file is an empty map.</summary>
    public static YamlMappingNode Root(string path, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw ContentFormatException.At(path, error.Start, $"this is not valid YAML: {error.Message}", error);
        }

        return stream.Documents switch
        {
            [] => [],
            [var document] when document.RootNode is YamlMappingNode map => map,
            [var document] => throw ContentFormatException.At(path, document.RootNode, "the file must be a map of 'key: value' lines."),
            [_, var second, ..] => throw ContentFormatException.At(path, second.RootNode, "only one YAML document is read; remove the '---' line."),
        };
    }

    /// <summary>The list of texts under a key; absent means empty.</summary>
    public static ImmutableArray<string> Texts(string path, YamlMappingNode map, string key)
    {
        if (!map.Children.TryGetValue(key, out var node))
            return [];
        if (node is not YamlSequenceNode list)
            throw ContentFormatException.At(path, node, $"'{key}' must be a list: one '- text' a line.");
        return [.. list.Children.Select(item => Text(path, item))];
    }

    public static string Text(string path, YamlNode node) =>
        node is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw ContentFormatException.At(path, node, "a text is expected here; put it in quotes if it has a colon.");
}
