using System.Collections.Immutable;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace CustomerService.Deploy.Reading;

/// <summary>A compose file: its services, merges resolved, values as they are written.</summary>
internal sealed partial record ComposeFile(string Text, ImmutableArray<ComposeEntry> Services, ImmutableHashSet<string> Volumes)
{
    public const string File = "deploy/compose.yaml";

    public static ComposeFile Parse(string text)
    {
        var root = Map(new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(new StringReader(text)))));
        return new ComposeFile(
            text,
            [.. Map(root["services"]).Select(service => new ComposeEntry(service.Key, Map(service.Value)))],
            [.. Map(root["volumes"]).Keys]);
    }

    /// <summary>The variables that are put into it when it is read; true where there is no default.</summary>
    public IEnumerable<(string Name, bool Required)> Interpolated =>
        from Match variable in Variable().Matches(Text)
        group !variable.Groups["rest"].Value.StartsWith(":-", StringComparison.Ordinal) by variable.Groups["name"].Value into uses
        select (uses.Key, uses.Any(required => required));

    public static Dictionary<string, object?> Map(object? value) => value switch
    {
        null => [],
        Dictionary<object, object?> map => map.ToDictionary(pair => (string)pair.Key, pair => pair.Value),
        _ => throw new FormatException($"'{value}' stands where names and values are expected."),
    };

    public static IEnumerable<string> List(object? value) => value switch
    {
        null => [],
        List<object?> list => list.Cast<string>(),
        string one => one.Split(' '),
        _ => throw new FormatException($"'{value}' stands where a list is expected."),
    };

    [GeneratedRegex(@"\$\{(?<name>\w+)(?<rest>[^}]*)\}")]
    private static partial Regex Variable();
}

internal sealed record ComposeEntry(string Name, IReadOnlyDictionary<string, object?> Fields)
{
    public object? this[string field] => Fields.GetValueOrDefault(field);

    public bool IsOurs => (this["image"] as string)?.StartsWith("customerservice:", StringComparison.Ordinal) is true;

    public IEnumerable<string> Command => ComposeFile.List(this["command"]);

    public IEnumerable<string> Environment => ComposeFile.Map(this["environment"]).Keys;
}
