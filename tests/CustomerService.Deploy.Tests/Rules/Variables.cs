using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Deploy.Reading;
using CustomerService.Silo.CommandLine;
using k8s.Models;

namespace CustomerService.Deploy.Rules;

/// <summary>Each environment variable that a container of ours gets is one that the program reads.</summary>
internal static partial class Variables
{
    // What ASP.NET Core and OpenTelemetry read for themselves.
    private static readonly string[] OfLibraries = ["ASPNETCORE_FORWARDEDHEADERS_ENABLED", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"];

    /// <summary>The program's own list, and what the shipped settings of chat models name.</summary>
    public static ImmutableHashSet<string> Known { get; } = [.. EnvironmentVariables.All, .. OfModels(), .. OfLibraries];

    public static IEnumerable<string> Violations(Manifests manifests) =>
        from process in manifests.OurContainers
        from name in (process.Container.Env ?? []).Select(variable => variable.Name).Concat(OfMaps(manifests, process.Container))
        where !Known.Contains(name)
        select $"{manifests.Name}: {process.Owner} gets {name}, which the program does not read.";

    private static IEnumerable<string> OfMaps(Manifests manifests, V1Container container) =>
        from source in container.EnvFrom ?? []
        from map in manifests.All<V1ConfigMap>()
        where map.Metadata.Name == source.ConfigMapRef?.Name
        from name in map.Data.Keys
        select name;

    /// <summary>The keys of chat models and their addresses, as the shipped settings and the program name them.</summary>
    private static IEnumerable<string> OfModels() => KeyVariable()
        .Matches(File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "assistant.yaml")))
        .Select(match => match.Groups[1].Value)
        .SelectMany(key => new[] { key, key.Replace("_API_KEY", "_BASE_URL", StringComparison.Ordinal) })
        .Distinct();

    [GeneratedRegex(@"^\s*key_env:\s*(\w+)", RegexOptions.Multiline)]
    private static partial Regex KeyVariable();
}
