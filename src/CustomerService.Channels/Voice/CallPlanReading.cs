using System.Collections.Immutable;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Twilio;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Voice;

/// <summary>Reads how callers are received: the keys that every kind of telephone account has.</summary>
internal static class CallPlanReading
{
    private static readonly string[] Spoken = ["en", "es", "fr", "de", "ja"];

    public static string[] Keys { get; } = ["languages", "language_by_number", "agents", "hold_music", "transcribe", "callback_from"];

    /// <param name="writable">The languages in which the provider can write messages down.</param>
    /// <returns>Null where it can't be used, which was reported.</returns>
    public static CallPlan? Read(MappingReader map, AccountReading reading, IEnumerable<string> writable)
    {
        var languages = Languages(map.Node("languages"), reading.Findings);
        var byNumber = ByNumber(map.Map("language_by_number"), languages, reading.Findings);
        var agents = Agents(map.Map("agents"), reading);
        var music = map.Node("hold_music") is null ? null : reading.Address(map, "hold_music", null);
        var callback = map.Seconds("callback_from") is { } seconds ? TimeSpan.FromSeconds(seconds) : CallPlan.UsualCallbackFrom;
        ImmutableArray<string> written = map.Truth("transcribe") ?? true ? [.. writable] : [];
        return languages.IsEmpty ? null : new CallPlan(languages, byNumber, agents, music, written, callback);
    }

    /// <summary>All five, or those named: <c>[de, en]</c>, or a map with what is to be otherwise.</summary>
    private static ImmutableArray<SpokenLanguage> Languages(YamlNode? node, Findings findings)
    {
        var found = ImmutableArray.CreateBuilder<SpokenLanguage>();
        switch (node)
        {
            case null:
                return [.. Spoken.Select(Usual)];
            case YamlMapping map:
                foreach (var (key, value) in map.Entries)
                    Add(key.Text, key.At, value);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    Add((item as YamlScalar)?.Text ?? "", item.At, null);
                break;
            default:
                findings.Error(node.At, $"'languages' is {node.Kind}, where a list or a map is expected", $"write 'languages: [{string.Join(", ", Spoken)}]', in the order of the keys that choose them");
                break;
        }

        return found.ToImmutable();

        void Add(string language, SourcePosition at, YamlNode? value)
        {
            if (!Spoken.Contains(language))
                findings.Error(at, $"there are no texts for the language '{language}'", Suggestion.For(language, Spoken));
            else if (found.Any(each => each.Language == language))
                findings.Error(at, $"the language '{language}' stands there twice", "leave one of them out");
            else
                found.Add(value is YamlMapping own ? Own(language, new MappingReader(own, $"the language '{language}'", findings, "locale", "voice", "greeting")) : Usual(language));
        }
    }

    private static SpokenLanguage Usual(string language) => new(language, VoicePhrases.In(language).Locale, null, VoicePhrases.In(language).Greeting);

    private static SpokenLanguage Own(string language, MappingReader map)
    {
        var usual = Usual(language);
        return usual with { Locale = map.Text("locale")?.Value ?? usual.Locale, Voice = map.Text("voice")?.Value, Greeting = map.Text("greeting")?.Value ?? usual.Greeting };
    }

    private static ImmutableArray<(string Prefix, string Language)> ByNumber(YamlMapping? section, ImmutableArray<SpokenLanguage> languages, Findings findings)
    {
        var found = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var (key, value) in section?.Entries ?? [])
        {
            var language = (value as YamlScalar)?.Text ?? "";
            if (key.Text.Length < 2 || key.Text[0] != '+' || !key.Text.AsSpan(1).ContainsAnyInRange('0', '9') || key.Text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
                findings.Error(key.At, $"'{key.Text}' is not how numbers begin", "write + and the country's code, such as \"+41\": de");
            else if (!languages.Any(each => each.Language == language))
                findings.Error(value.At, $"the account does not speak '{language}'", Suggestion.For(language, [.. languages.Select(each => each.Language)]));
            else
                found.Add((key.Text, language));
        }

        return found.ToImmutable();
    }

    private static ImmutableDictionary<string, string> Agents(YamlMapping? section, AccountReading reading)
    {
        var agents = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (section is null)
            return agents.ToImmutable();
        var map = new MappingReader(section, "agents", reading.Findings, [.. section.Entries.Select(each => each.Key.Text)]);
        foreach (var (key, _) in section.Entries)
        {
            if (TwilioReading.Number(map, reading, key.Text) is { } number)
                agents[key.Text] = number;
        }

        return agents.ToImmutable();
    }
}
