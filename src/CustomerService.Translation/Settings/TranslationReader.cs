using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Translation.Settings;

/// <summary>Reads <c>translation.yaml</c>, with line, column and fix for whatever is wrong.</summary>
internal sealed class TranslationReader(Findings findings)
{
    private static readonly ProviderSettings Usual = new("", TranslationProtocol.LibreTranslate, null);

    public TranslationSettings Read(YamlMapping root)
    {
        var map = new MappingReader(root, "a translation file", findings, "providers", "work_languages", "queues", "keep", "glossary");
        var usual = new TranslationSettings();
        return new TranslationSettings
        {
            Providers = Providers(map.List("providers")),
            WorkLanguages = Languages(map, "work_languages") is { IsEmpty: false } languages ? languages : usual.WorkLanguages,
            Queues = Queues(map.Map("queues"), usual),
            Keep = [.. map.Texts("keep").Select(word => word.Value.Trim())],
            Glossary = Glossary(map.List("glossary")),
        };
    }

    private ImmutableArray<ProviderSettings> Providers(YamlSequence? list)
    {
        var providers = ImmutableArray.CreateBuilder<ProviderSettings>();
        foreach (var item in list?.Items ?? [])
        {
            if (item is not YamlMapping map)
                findings.Error(item.At, $"a provider is {item.Kind}, where a map is expected", "write '- name: …' with indented lines under it");
            else if (Provider(map) is not { } provider)
                continue;
            else if (providers.Any(other => other.Name == provider.Name))
                findings.Error(item.At, $"there are two providers '{provider.Name}'", "give one of them another name");
            else
                providers.Add(provider);
        }

        return providers.ToImmutable();
    }

    private ProviderSettings? Provider(YamlMapping map)
    {
        var reader = new MappingReader(
            map, "a provider", findings, "name", "protocol", "base_url", "key_env", "model", "formality", "pairs", "timeout", "at_once", "max_characters");
        var name = reader.RequiredText("name", "translator");
        var written = reader.RequiredText("protocol", "libretranslate");
        var protocol = written is null ? null : reader.Word("protocol", "libretranslate", "deepl", "apertium", "chat");
        if (name is null || protocol is null)
            return null;

        var kind = protocol switch
        {
            "deepl" => TranslationProtocol.DeepL,
            "apertium" => TranslationProtocol.Apertium,
            "chat" => TranslationProtocol.Chat,
            _ => TranslationProtocol.LibreTranslate,
        };
        var isChat = kind == TranslationProtocol.Chat;
        if (isChat)
            reader.RequiredText("model", "openai/gpt-4o-mini");
        return new ProviderSettings(name.Value.Value, kind, isChat ? null : Address(reader))
        {
            KeyVariable = reader.Text("key_env")?.Value,
            Model = Model(reader),
            Formality = reader.Word("formality", "default", "prefer_more", "prefer_less") ?? Usual.Formality,
            Pairs = [.. reader.Texts("pairs").Select(Pair).OfType<LanguagePair>()],
            Timeout = reader.Seconds("timeout", 1, 30) is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual.Timeout,
            AtOnce = reader.Whole("at_once", 1, 100) ?? Usual.AtOnce,
            MaxCharacters = reader.Whole("max_characters", 200, 50_000) ?? Usual.MaxCharacters,
        };
    }

    private string Model(MappingReader reader)
    {
        if (reader.Text("model") is not { } model)
            return "";
        if (model.Value.Split('/', 2) is not [{ Length: > 0 }, { Length: > 0 }])
            findings.Error(model.At, $"'model' is '{model.Value}', where a provider and a model are expected", "write 'model: openai/gpt-4o-mini'");
        return model.Value;
    }

    private Uri? Address(MappingReader reader)
    {
        if (reader.RequiredText("base_url", "http://localhost:5000") is not { } written)
            return null;
        if (Uri.TryCreate(written.Value.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address is { UserInfo: "", Query: "", Fragment: "" })
            return address;
        findings.Error(written.At, $"'base_url' is '{written.Value}', which is no plain http or https address", "write 'base_url: http://localhost:5000'");
        return null;
    }

    private ImmutableDictionary<string, ImmutableArray<string>> Queues(YamlMapping? section, TranslationSettings usual)
    {
        var queues = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (queue, node) in section?.Entries ?? [])
        {
            if (node is not YamlMapping map)
            {
                findings.Error(node.At, $"'{queue.Text}' of 'queues' is {node.Kind}, where a map is expected", $"write '{queue.Text}: {{ languages: [en, es] }}' or '{queue.Text}: {{ translate: false }}'");
                continue;
            }

            var reader = new MappingReader(map, $"the queue '{queue.Text}'", findings, "translate", "languages");
            var languages = Languages(reader, "languages");
            if (reader.Truth("translate") == false)
                queues[queue.Text] = [];
            else if (!languages.IsEmpty)
                queues[queue.Text] = languages;
        }

        return queues.ToImmutable();
    }

    private ImmutableArray<ImmutableDictionary<string, string>> Glossary(YamlSequence? list)
    {
        var glossary = ImmutableArray.CreateBuilder<ImmutableDictionary<string, string>>();
        foreach (var item in list?.Items ?? [])
        {
            if (item is not YamlMapping { Entries.Count: > 0 } map)
            {
                findings.Error(item.At, $"a term is {item.Kind}, where a map of languages is expected", "write '- { en: store credit, es: saldo de la tienda }'");
                continue;
            }

            var reader = new MappingReader(map, "a term", findings, [.. map.Entries.Select(entry => entry.Key.Text)]);
            foreach (var (language, _) in map.Entries)
                Checked(language.Text, language.At);
            glossary.Add(map.Entries
                .Select(entry => (Language: entry.Key.Text, Word: reader.Text(entry.Key.Text)?.Value.Trim()))
                .Where(entry => entry.Word is { Length: > 0 })
                .ToImmutableDictionary(entry => entry.Language, entry => entry.Word!, StringComparer.Ordinal));
        }

        return glossary.ToImmutable();
    }

    private ImmutableArray<string> Languages(MappingReader map, string key) =>
        [.. map.Texts(key).Where(language => Checked(language.Value, language.At)).Select(language => language.Value).Distinct()];

    private bool Checked(string language, SourcePosition at)
    {
        if (language.Length == 2 && language.All(char.IsAsciiLetterLower))
            return true;
        findings.Error(at, $"'{language}' is no language's two-letter code", "write one such as en, es, fr, de or ja");
        return false;
    }

    private LanguagePair? Pair(Located<string> written)
    {
        if (written.Value.Split('-') is [{ Length: 2 } from, { Length: 2 } to] && from != to && $"{from}{to}".All(char.IsAsciiLetterLower))
            return new LanguagePair(from, to);
        findings.Error(written.At, $"'{written.Value}' is no pair of languages", "write one such as en-es");
        return null;
    }
}
