using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Desks;

/// <summary>The owner's <c>desk.yaml</c> in use. Without the file the defaults hold.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
public sealed class DeskFile(string path, TimeProvider time, ILogger<DeskFile> logger)
    : LiveContent<DeskSettings>(path, () => [path], () => SourceText.ReadIfThere(path) is { } text ? Parse(text, path) : new DeskSettings(), time, logger)
{
    private const int MostActivities = 50;
    private const int LongestName = 60;

    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static DeskSettings Parse(string text, string file)
    {
        var findings = new Findings(file);
        var settings = YamlText.Read(text, findings) is { } root ? Read(root, findings) : null;
        return settings is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : settings;
    }

    private static DeskSettings Read(YamlMapping root, Findings findings)
    {
        var map = new MappingReader(root, "a desk file", findings, "activities");
        return map.Map("activities") is { } section ? new DeskSettings { Activities = Activities(section, findings) } : new DeskSettings();
    }

    private static ImmutableArray<AgentActivity> Activities(YamlMapping section, Findings findings)
    {
        var map = new MappingReader(section, "'activities'", findings, [.. section.Entries.Select(entry => entry.Key.Text)]);
        if (section.Entries.Count > MostActivities)
            findings.Error(section.At, $"there are {section.Entries.Count} activities, and at most {MostActivities} are shown to agents", "keep those that reports tell apart");
        var activities = ImmutableArray.CreateBuilder<AgentActivity>(section.Entries.Count);
        foreach (var (key, _) in section.Entries)
        {
            if (key.Text.Length is 0 or > LongestName)
                findings.Error(key.At, $"an activity's name has 1 to {LongestName} characters", "write 'break: away'");
            else if (map.Node(key.Text) is null)
                findings.Error(key.At, $"'{key.Text}' says nothing about work", $"write '{key.Text}: away', or '{key.Text}: available' where work comes meanwhile");
            else if (map.Word(key.Text, "away", "available") is { } word)
                activities.Add(new AgentActivity(key.Text, word == "available"));
        }

        return activities.DrainToImmutable();
    }
}
