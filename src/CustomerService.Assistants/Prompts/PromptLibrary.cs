using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using CustomerService.Assistants.Settings;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Assistants.Prompts;

/// <summary>The prompts in force: those in the program, over which the owner's <c>prompts/&lt;name&gt;.md</c> go.</summary>
public sealed class PromptLibrary : IDisposable
{
    private static readonly FrozenDictionary<string, Prompt> Shipped = PromptNames.All.ToFrozenDictionary(name => name, LoadShipped, StringComparer.Ordinal);

    private readonly LiveContent<FrozenDictionary<string, Prompt>>? _owners;

    /// <summary>The program's own alone.</summary>
    public PromptLibrary()
    {
    }

    /// <param name="folder">The owner's; it need not be there.</param>
    /// <exception cref="ContentFormatException">A file can't be used; the message names it, the place and the fix.</exception>
    public PromptLibrary(string folder, TimeProvider time, ILogger<PromptLibrary>? logger = null) =>
        _owners = new(folder, () => Files(folder), () => Load(folder), time, logger ?? NullLogger<PromptLibrary>.Instance);

    internal Prompt this[string name] => _owners?.Current.GetValueOrDefault(name) ?? Shipped[name];

    /// <summary>Each prompt's name and version, for people.</summary>
    public IEnumerable<string> Names => PromptNames.All.Select(name => this[name].ToString());

    /// <summary>Looks whether the owner's files have changed.</summary>
    internal void Look() => _owners?.Look();

    public void Dispose() => _owners?.Dispose();

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md") : [];

    private static FrozenDictionary<string, Prompt> Load(string folder)
    {
        var prompts = new Dictionary<string, Prompt>(StringComparer.Ordinal);
        foreach (var path in Files(folder))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (name == "README")
                continue;
            if (!Shipped.TryGetValue(name, out var shipped))
                throw new ContentFormatException($"{path}: there is no prompt '{name}' to replace. {Suggestion.For(name, [.. PromptNames.All])}");
            prompts[name] = PromptFile.Parse(name, path, ContentYaml.ReadText(path), shipped.Schema) with { IsOwners = true };
        }

        return prompts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Prompt LoadShipped(string name)
    {
        using var schema = JsonDocument.Parse(Resource($"{name}.schema.json"));
        return PromptFile.Parse(name, $"Prompts/{name}.md", Resource($"{name}.md"), schema.RootElement.Clone());
    }

    private static string Resource(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Prompts/{file}")
            ?? throw new InvalidOperationException($"Prompts/{file} is not in the program.");
        return new StreamReader(stream).ReadToEnd();
    }
}
