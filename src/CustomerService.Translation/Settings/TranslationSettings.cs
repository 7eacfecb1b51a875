using System.Collections.Immutable;

namespace CustomerService.Translation.Settings;

/// <summary>The owner's <c>translation.yaml</c>.</summary>
public sealed record TranslationSettings
{
    /// <summary>Services in the order in which they are asked. None: nothing is translated.</summary>
    public ImmutableArray<ProviderSettings> Providers { get; init; } = [];

    /// <summary>What agents read and write, ISO 639-1, the main one first; a queue or an agent's own skills may say otherwise.</summary>
    public ImmutableArray<string> WorkLanguages { get; init; } = ["en"];

    /// <summary>Queues that differ; an empty list: there nothing is translated.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Queues { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Words that stay as they are in every language.</summary>
    public ImmutableArray<string> Keep { get; init; } = [];

    /// <summary>The owner's terms: each language's word for one thing.</summary>
    public ImmutableArray<ImmutableDictionary<string, string>> Glossary { get; init; } = [];

    /// <summary>The languages of a queue's agents, the main one first; empty: nothing is translated there.</summary>
    public ImmutableArray<string> LanguagesOf(string queue) =>
        Providers.IsEmpty ? [] : Queues.TryGetValue(queue, out var own) ? own : WorkLanguages;

    /// <summary>Terms of one language with what stands for each in another.</summary>
    internal IEnumerable<KeyValuePair<string, string>> TermsFor(LanguagePair pair) => Glossary
        .Where(term => term.ContainsKey(pair.From))
        .Select(term => KeyValuePair.Create(term[pair.From], term.GetValueOrDefault(pair.To, term[pair.From])))
        .Concat(Keep.Select(word => KeyValuePair.Create(word, word)))
        .DistinctBy(term => term.Key, StringComparer.OrdinalIgnoreCase);
}

/// <summary>How a service is spoken to.</summary>
public enum TranslationProtocol
{
    LibreTranslate,
    DeepL,
    Apertium,

    /// <summary>A chat model, by the assistants' own providers.</summary>
    Chat,
}

/// <summary>One service.</summary>
/// <param name="Name">How the journal and agents see it.</param>
/// <param name="Address">Ends with a slash; null for a chat model.</param>
public sealed record ProviderSettings(string Name, TranslationProtocol Protocol, Uri? Address)
{
    /// <summary>The environment variable that has its key; null: it needs none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>A chat model's provider and name, such as <c>openai/small</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>DeepL's form of address. Default <c>default</c>.</summary>
    public string Formality { get; init; } = "default";

    /// <summary>Only for these; empty: for all that it can.</summary>
    internal ImmutableHashSet<LanguagePair> Pairs { get; init; } = [];

    /// <summary>Longest wait for one answer. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests under way at once. Default 4.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Longest text of one request; longer ones are sent in parts. Default 4,000.</summary>
    public int MaxCharacters { get; init; } = 4_000;
}
