using System.Collections.Immutable;
using System.Text.Json;

namespace CustomerService.Silo.Demo;

/// <summary>What the demo's people say in one language: <c>Samples/en.json</c> and so on.</summary>
/// <param name="People">Customers of the sample shop.</param>
/// <param name="Stories">What customers write, each line after the answer to the one before; <c>{order}</c>, <c>{email}</c> and <c>{zip}</c> are their own.</param>
/// <param name="Opens">How a played agent begins.</param>
/// <param name="Closes">How a played agent ends.</param>
internal sealed record DemoStories(ImmutableArray<DemoPerson> People, ImmutableArray<ImmutableArray<string>> Stories, ImmutableArray<string> Opens, ImmutableArray<string> Closes)
{
    public static ImmutableArray<string> Languages => ["en", "es", "fr", "de", "ja"];

    /// <summary>ISO 639-1.</summary>
    public string Language { get; private init; } = "";

    public static DemoStories Read(string language)
    {
        using var file = OpenSample($"{language}.json");
        return JsonSerializer.Deserialize<DemoStories>(file, JsonSerializerOptions.Web)! with { Language = language };
    }

    /// <summary>A file of the folder <c>Samples</c>, which is part of the program.</summary>
    public static Stream OpenSample(string name) => typeof(DemoStories).Assembly.GetManifestResourceStream($"CustomerService.Silo.Demo.Samples.{name}")
        ?? throw new InvalidOperationException($"The program was built without the demo's {name}.");
}

/// <param name="Order">One of theirs.</param>
internal sealed record DemoPerson(string Name, string Email, string Zip, string Order)
{
    public string Say(string line) => line.Replace("{order}", Order, StringComparison.Ordinal).Replace("{email}", Email, StringComparison.Ordinal).Replace("{zip}", Zip, StringComparison.Ordinal);
}
