using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Knowledge;

/// <summary>The YAML head of an article, checked strictly: a misspelt "internal" must not publish a secret.</summary>
internal sealed record FrontMatter(
    string? Id,
    string Title,
    string Language,
    bool Internal,
    ImmutableArray<string> Intents,
    ImmutableArray<string> Tags,
    ImmutableArray<string> Tiers,
    DateOnly? Updated,
    bool IsDraft,
    DateTimeOffset? PublishAt,
    DateTimeOffset? ExpireAt,
    int Version)
{
    private static readonly string[] Keys = ["id", "title", "language", "internal", "intents", "tags", "tiers", "updated", "status", "publish_at", "expire_at", "version"];

    private static readonly string[] MinuteFormats = ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mmzzz", "yyyy-MM-dd HH:mm zzz", "yyyy-MM-ddTHH:mm'Z'", "yyyy-MM-ddTHH:mm:ss'Z'"];

    internal static FrontMatter Parse(string path, string yaml) => new Reader(path, yaml).Read();

    // Lines in YAML count from 1 below the opening '---', which is the file's line 1.
    private sealed class Reader(string path, string yaml)
    {
        private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

        internal FrontMatter Read()
        {
            Load();
            var (publish, expire) = (Minute("publish_at"), Minute("expire_at"));
            if (expire <= publish)
                throw Wrong(_values["expire_at"], "'expire_at' is not after 'publish_at', so the article would never be shown; correct one of them.");
            return new FrontMatter(
                Name("id"),
                Text("title") ?? throw Wrong(1, "'title' is missing; add a line 'title: …' to the front matter."),
                Language(),
                Internal(),
                Names("intents"),
                Texts("tags"),
                Names("tiers"),
                Updated(),
                IsDraft(),
                publish,
                expire,
                Version());
        }

        private void Load()
        {
            var stream = new YamlStream();
            try
            {
                stream.Load(new StringReader(yaml));
            }
            catch (YamlException error)
            {
                throw Wrong((int)error.Start.Line + 1, $"the front matter is not valid YAML ({error.Message.TrimEnd('.')}); write it as lines of 'key: value'.");
            }
            if (stream.Documents.Count == 0)
                return;
            if (stream.Documents[0].RootNode is not YamlMappingNode map)
                throw Wrong(stream.Documents[0].RootNode, "the front matter must be lines of 'key: value'.");
            foreach (var (key, value) in map.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";
                if (!Keys.Contains(name))
                    throw Wrong(key, $"unknown key '{name}'; known are {string.Join(", ", Keys)}.");
                _values[name] = value;
            }
        }

        private string? Text(string key)
        {
            if (!_values.TryGetValue(key, out var node))
                return null;
            var text = (node as YamlScalarNode)?.Value?.Trim();
            return string.IsNullOrEmpty(text) ? throw Wrong(node, $"'{key}' must be one line of text.") : text;
        }

        private string? Name(string key)
        {
            var name = Text(key);
            return name is null || IsName(name) ? name
                : throw Wrong(_values[key], $"'{key}' is '{name}'; use lower-case letters, digits, '_' and '-' only.");
        }

        private string Language()
        {
            var language = Text("language") ?? "en";
            return language.Length == 2 && language.All(char.IsAsciiLetterLower) ? language
                : throw Wrong(_values["language"], $"'language' is '{language}'; use a two-letter code such as en, es, fr, de or ja.");
        }

        private bool Internal() => Text("internal") switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw Wrong(_values["internal"], $"'internal' is '{other}'; write true (agents only) or false."),
        };

        private bool IsDraft() => Text("status") switch
        {
            null or "published" => false,
            "draft" => true,
            var other => throw Wrong(_values["status"], $"'status' is '{other}'; write draft or published."),
        };

        private int Version()
        {
            if (Text("version") is not { } text)
                return 1;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version
                : throw Wrong(_values["version"], $"'version' is '{text}'; write a whole number from 1.");
        }

        // A time without its offset would mean another minute on another machine.
        private DateTimeOffset? Minute(string key)
        {
            if (Text(key) is not { } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            return DateTimeOffset.TryParseExact(text, MinuteFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var minute) ? minute
                : throw Wrong(_values[key], $"'{key}' is '{text}'; write a time with its offset such as 2026-12-01T09:00+01:00, or a day (from midnight UTC).");
        }

        private DateOnly? Updated()
        {
            if (Text("updated") is not { } text)
                return null;
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
                : throw Wrong(_values["updated"], $"'updated' is '{text}'; write a day as 2026-01-31.");
        }

        private ImmutableArray<string> Names(string key)
        {
            var names = Texts(key);
            return names.FirstOrDefault(name => !IsName(name)) is { } bad
                ? throw Wrong(_values[key], $"'{key}' has '{bad}'; use names of lower-case letters, digits, '_' and '-', such as return_policy.")
                : names;
        }

        private ImmutableArray<string> Texts(string key)
        {
            if (!_values.TryGetValue(key, out var node))
                return [];
            if (node is not YamlSequenceNode list)
                throw Wrong(node, $"'{key}' must be a list, such as [{key}_one, {key}_two].");
            return [.. list.Select(item => (item as YamlScalarNode)?.Value?.Trim() is { Length: > 0 } text ? text
                : throw Wrong(item, $"'{key}' must be a list of words.")).Distinct(StringComparer.Ordinal)];
        }

        private static bool IsName(string text) =>
            text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-');

        private ArticleFormatException Wrong(YamlNode node, string problem) => Wrong((int)node.Start.Line + 1, problem);

        private ArticleFormatException Wrong(int line, string problem) => new(path, line, problem);
    }
}
