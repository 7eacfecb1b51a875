using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>Targets as they are written; what is null comes from a more general place.</summary>
internal sealed record WrittenTargets(double? FirstResponse, double? NextResponse, double? Resolution)
{
    public static WrittenTargets None { get; } = new(null, null, null);

    public ServiceTargets Over(ServiceTargets general) =>
        new(FirstResponse ?? general.FirstResponse, NextResponse ?? general.NextResponse, Resolution ?? general.Resolution);
}

/// <summary>One <c>service_levels:</c>, of the file or of a queue.</summary>
internal sealed record WrittenServiceLevels(WrittenTargets All, ImmutableSortedDictionary<string, WrittenTargets> Tiers, double? WarnAt, bool? EscalateOnBreach)
{
    public static WrittenServiceLevels None { get; } = new(WrittenTargets.None, ImmutableSortedDictionary<string, WrittenTargets>.Empty, null, null);

    /// <summary>The targets of every tier that either names, and of all others: a queue's go before the file's, and within each a tier's before those of all.</summary>
    public static ImmutableDictionary<string, ServiceTargets> Merge(WrittenServiceLevels file, WrittenServiceLevels queue)
    {
        var all = queue.All.Over(file.All.Over(ServiceTargets.Default));
        var targets = ImmutableDictionary.CreateBuilder<string, ServiceTargets>(StringComparer.Ordinal);
        targets[ServiceTargets.EveryTier] = all;
        foreach (var tier in file.Tiers.Keys.Union(queue.Tiers.Keys))
        {
            var ofFile = file.Tiers.GetValueOrDefault(tier, WrittenTargets.None).Over(file.All.Over(ServiceTargets.Default));
            targets[tier] = queue.Tiers.GetValueOrDefault(tier, WrittenTargets.None).Over(queue.All.Over(ofFile));
        }

        return targets.ToImmutable();
    }
}

/// <summary>Reads <c>service_levels:</c>.</summary>
internal static class ServiceLevelReader
{
    private static readonly string[] Targets = ["first_response", "next_response", "resolution"];

    public static WrittenServiceLevels Read(YamlMapping? section, string what, Findings findings)
    {
        if (section is null)
            return WrittenServiceLevels.None;
        var map = new MappingReader(section, what, findings, [.. Targets, "warn_at", "escalate_on_breach", "tiers"]);
        var tiers = ImmutableSortedDictionary.CreateBuilder<string, WrittenTargets>(StringComparer.Ordinal);
        foreach (var (tier, node) in map.Map("tiers")?.Entries ?? [])
        {
            if (node is YamlMapping targets)
                tiers[tier.Text] = Read(new MappingReader(targets, $"the tier '{tier.Text}'", findings, Targets), node, findings);
            else
                findings.Error(node.At, $"the tier '{tier.Text}' is {node.Kind}, where a map is expected", $"write '{tier.Text}: {{ first_response: 30s }}'");
        }

        return new WrittenServiceLevels(Read(map, section, findings), tiers.ToImmutable(), map.Number("warn_at", 0, 1), map.Truth("escalate_on_breach"));
    }

    private static WrittenTargets Read(MappingReader map, YamlNode section, Findings findings)
    {
        var targets = new WrittenTargets(map.Seconds(Targets[0]), map.Seconds(Targets[1]), map.Seconds(Targets[2]));
        if (targets is { FirstResponse: > 0 and var first, Resolution: > 0 and var whole } && whole < first)
            findings.Warning(section.At, $"everything shall be done after {Durations.Write(whole)}, but the first reply only after {Durations.Write(first)}", "make resolution the longer of the two");
        return targets;
    }
}
