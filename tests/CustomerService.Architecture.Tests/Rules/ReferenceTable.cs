using System.Collections.Frozen;
using CustomerService.Architecture.Tests.Facts;

namespace CustomerService.Architecture.Tests.Rules;

/// <summary>Which project may reference which; the same table as in docs/architecture.md.</summary>
internal static class ReferenceTable
{
    private const string Everything = "*";

    private static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Grains"] = [],
        ["ServiceDefaults"] = [],
        ["Runtime"] = ["Grains"],
        ["Pipelines"] = ["Grains"],
        ["Language"] = ["Grains"],
        ["Knowledge"] = ["Grains"],
        // Its settings are read and watched as the routing file is, which Pipelines does.
        ["Translation"] = ["Grains", "Pipelines"],
        ["Channels"] = ["Grains", "Pipelines"],
        ["Integrations"] = ["Grains"],
        // Assistants act on orders, so they know the systems that keep them.
        ["Assistants"] = ["Grains", "Pipelines", "Language", "Knowledge", "Integrations"],
        ["Assistants.SemanticKernel"] = ["Assistants"],
        // Serves the assistants' tools, and adds others' to them; its settings are read as pipelines are.
        ["Mcp"] = ["Grains", "Pipelines", "Assistants"],
        ["Reporting"] = ["Grains", "Runtime"],
        ["Staff"] = ["Grains"],
        ["Gateway"] = ["Grains", "Runtime", "Channels", "Reporting", "Staff"],
        // Its pages show how channels do, draw pipelines and read their traces, preview articles, and play days otherwise.
        ["AgentConsole"] = ["Grains", "Runtime", "Reporting", "Staff", "Gateway", "Channels", "Pipelines", "Knowledge", "Simulation"],
        ["Grains.Orleans"] = ["Grains", "Runtime"],
        // What-if runs follow the owner's routing rules, which Pipelines reads.
        ["Simulation"] = ["Grains", "Runtime", "Pipelines"],
        ["Silo"] = [Everything],
        ["Bench"] = [Everything],
        // Orleans' own storage provider, which the product is measured against, beside the product's silos.
        ["Bench.Silos"] = ["Grains", "Runtime", "Grains.Orleans"],
        ["Architecture.Tests"] = [Everything],
        // The list of conversations is held to whatever real queues, agents and alarms do, in virtual time.
        ["Reporting.Tests"] = ["Reporting", "Grains", "Runtime", "Simulation"],
        ["Cluster.Tests"] = [Everything],
        ["Deploy.Tests"] = [Everything],
        ["EndToEnd.Tests"] = [Everything],
        // What strangers send is read in two projects, and tried in one.
        ["Fuzz.Tests"] = ["Grains", "Runtime", "Channels", "Gateway"],
    }.ToFrozenDictionary();

    private static readonly string[] KnowOrleans = ["Grains.Orleans", "Grains.Orleans.Tests", "Silo", "Bench.Silos", "Cluster.Tests"];

    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects) =>
        from project in projects
        from violation in Violations(project.Name, project.Projects)
            .Concat(OrleansViolations(project.Name, project.Packages.Where(package => package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal))))
        select violation;

    public static IEnumerable<string> Violations(IEnumerable<CompiledAssembly> assemblies)
    {
        var ours = assemblies.Select(assembly => assembly.Name).ToHashSet();
        return from assembly in assemblies
               from violation in Violations(assembly.Name, assembly.References.Where(ours.Contains))
                   .Concat(OrleansViolations(assembly.Name, assembly.References.Where(name => name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal))))
               select violation;
    }

    private static IEnumerable<string> Violations(string project, IEnumerable<string> references)
    {
        // A test project may use what it tests, and whatever that may use.
        var subject = project.EndsWith(".Tests", StringComparison.Ordinal) && !Allowed.ContainsKey(project) ? project[..^".Tests".Length] : project;
        if (!Allowed.TryGetValue(subject, out var allowed))
            return [$"{project} is not in the reference table: add it to docs/architecture.md and to ReferenceTable.cs."];

        return references
            .Where(reference => !allowed.Contains(Everything) && !allowed.Contains(reference) && !(project != subject && reference == subject))
            .Select(reference => $"{project} must not reference {reference}; it may reference {(allowed.Length == 0 ? "nothing of ours" : string.Join(", ", allowed))}.");
    }

    private static IEnumerable<string> OrleansViolations(string project, IEnumerable<string> references) =>
        KnowOrleans.Contains(project) ? [] : references.Select(reference => $"{project} must not reference {reference}: Orleans lives in Grains.Orleans and Silo only.");
}
