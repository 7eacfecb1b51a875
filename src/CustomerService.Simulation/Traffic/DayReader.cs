using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Simulation.Traffic;

/// <summary>Reads what files about a day have in common: times, lengths, shares, distributions, skills.</summary>
internal sealed class DayReader(Findings findings)
{
    public Findings Findings => findings;

    public MappingReader Map(YamlMapping map, string what, params string[] known) => new(map, what, findings, known);

    public TimeZoneInfo Zone(MappingReader map)
    {
        if (map.Text("time_zone") is not { } name)
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name.Value, out var zone))
            return zone;
        findings.Error(name.At, $"there is no time zone '{name.Value}'", "write one such as Europe/Berlin or America/New_York");
        return TimeZoneInfo.Utc;
    }

    public DateOnly? Date(MappingReader map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        findings.Error(text.At, $"'{text.Value}' is not a date", $"write '{key}: 2026-03-02'");
        return null;
    }

    /// <summary>A length of time in seconds.</summary>
    public double? Seconds(MappingReader map, string key) => map.Text(key) is { } text ? Seconds(text, $"'{key}'") : null;

    public double? Seconds(Located<string> text, string what)
    {
        if (Durations.TryRead(text.Value, out var length))
            return length.TotalSeconds;
        findings.Error(text.At, $"{what} is '{text.Value}', where a length of time is expected", "write it like 45s, 6m or 1h30m");
        return null;
    }

    public int? TimeOfDay(MappingReader map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (DayText.TimeOfDay(text.Value) is { } minute)
            return minute;
        findings.Error(text.At, $"'{key}' is '{text.Value}', where a time of day is expected", "write it like 10:30");
        return null;
    }

    public DaySpan? Span(Located<string> text, string what)
    {
        if (DayText.Span(text.Value) is { } span)
            return span;
        findings.Error(text.At, $"{what} is '{text.Value}', where a part of the day is expected", "write it like 08:00-16:30, the earlier time first");
        return null;
    }

    /// <summary>A part of a whole, 0…1, written as <c>30%</c> or <c>0.3</c>.</summary>
    public double? Share(MappingReader map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        var isPercent = text.Value.EndsWith('%');
        if (double.TryParse(text.Value.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (isPercent ? number / 100 : number) is var share and >= 0 and <= 1)
            return share;
        findings.Error(text.At, $"'{key}' is '{text.Value}', where a share is expected", "write it like 30% or 0.3");
        return null;
    }

    public Distribution? Distribution(MappingReader map, string key)
    {
        switch (map.Node(key))
        {
            case null:
                return null;
            case YamlMapping section:
                return Distribution(section, key);
            case YamlScalar scalar:
                return Seconds(new Located<string>(scalar.Text, scalar.At), $"'{key}'") is { } seconds ? new Distribution.Exactly(seconds) : null;
            case var other:
                findings.Error(other.At, $"'{key}' is {other.Kind}, where a length of time is expected", $"write '{key}: {{ lognormal: 6m, spread: 0.6 }}'");
                return null;
        }
    }

    private Distribution? Distribution(YamlMapping section, string key)
    {
        var map = Map(section, $"'{key}'", "exactly", "exponential", "lognormal", "spread");
        var spread = map.Number("spread", 0, 10);
        if (section.Entries.Count(entry => entry.Key.Text is "exactly" or "exponential" or "lognormal") != 1)
        {
            findings.Error(section.At, $"'{key}' names no distribution, or several", $"write '{key}: {{ lognormal: 6m, spread: 0.6 }}', or exponential or exactly");
            return null;
        }

        if (spread is not null && map.Node("lognormal") is null)
            findings.Error(map.Node("spread")!.At, "only lognormal has a spread", "remove 'spread', or write lognormal");
        if (Seconds(map, "exactly") is { } exactly)
            return new Distribution.Exactly(exactly);
        if (Seconds(map, "exponential") is { } exponential)
            return new Distribution.Exponential(exponential);
        return Seconds(map, "lognormal") is { } mean ? new Distribution.LogNormal(mean, spread ?? 0.6) : null;
    }

    /// <summary>One name, or names with their weights.</summary>
    public Mix? Mix(MappingReader map, string key)
    {
        if (map.Node(key) is not YamlMapping section)
            return map.Text(key) is { } only ? Traffic.Mix.Of(only.Value) : null;
        var weights = Map(section, $"'{key}'", [.. section.Entries.Select(entry => entry.Key.Text)]);
        var mix = section.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, weights.Number(entry.Key.Text, 0, 1e9) ?? 0)).ToImmutableArray();
        if (mix.Sum(each => each.Value) > 0)
            return new Mix(mix);
        findings.Error(section.At, $"the weights of '{key}' are all 0", "give at least one of them a weight");
        return null;
    }

    public string? Channel(MappingReader map)
    {
        if (map.Text("channel") is not { } channel)
            return null;
        if (ChannelNames.All.Contains(channel.Value))
            return channel.Value;
        findings.Error(channel.At, $"there is no channel '{channel.Value}'", Suggestion.For(channel.Value, ChannelNames.All));
        return null;
    }

    /// <summary>Skills with their levels: <c>{ billing: 3, language.de: 5 required }</c>.</summary>
    public ImmutableArray<SkillNeed> Needs(MappingReader map, string key)
    {
        if (map.Map(key) is not { } section)
            return [];
        var values = Map(section, $"'{key}'", [.. section.Entries.Select(entry => entry.Key.Text)]);
        var needs = ImmutableArray.CreateBuilder<SkillNeed>(section.Entries.Count);
        foreach (var (skill, node) in section.Entries)
        {
            if (values.Text(skill.Text) is { } level && SkillText.Need(skill.Text, level.Value) is { } need)
                needs.Add(need);
            else
                findings.Error(node.At, $"the level of '{skill.Text}' is not one from 1 to 5", $"write '{skill.Text}: 3', or '{skill.Text}: 3 required' where nobody without it will do");
        }

        return needs.ToImmutable();
    }
}
