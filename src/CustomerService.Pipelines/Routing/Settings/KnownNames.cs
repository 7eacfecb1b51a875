using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>What a routing file declares, so that every part can check the names that it mentions.</summary>
internal sealed class KnownNames(
    ImmutableSortedSet<string> skills, ImmutableDictionary<string, BusinessCalendar> calendars, ImmutableSortedSet<string> queues, Findings findings)
{
    public ImmutableSortedSet<string> Skills { get; } = skills;

    public ImmutableDictionary<string, BusinessCalendar> Calendars { get; } = calendars;

    public ImmutableSortedSet<string> Queues { get; } = queues;

    public Located<string>? Queue(Located<string>? mentioned)
    {
        if (mentioned is not { } queue || Queues.Contains(queue.Value))
            return mentioned;
        findings.Error(queue.At, $"there is no queue '{queue.Value}'", Fix(queue.Value, Queues, "queues:"));
        return null;
    }

    public BusinessCalendar? Calendar(Located<string>? mentioned)
    {
        if (mentioned is not { } calendar)
            return null;
        if (Calendars.TryGetValue(calendar.Value, out var known))
            return known;
        findings.Error(calendar.At, $"there is no calendar '{calendar.Value}'", Fix(calendar.Value, Calendars.Keys, "calendars:"));
        return null;
    }

    public bool Skill(Located<string> mentioned)
    {
        if (Skills.Contains(mentioned.Value))
            return true;
        findings.Error(mentioned.At, $"there is no skill '{mentioned.Value}'", Fix(mentioned.Value, Skills, "skills:"));
        return false;
    }

    /// <summary>What is asked of an agent: <c>skill: level</c>, with <c>required</c> after the level where nobody without it will do.</summary>
    public ImmutableArray<SkillNeed> Needs(YamlMapping? section)
    {
        var needs = ImmutableArray.CreateBuilder<SkillNeed>();
        foreach (var (skill, value) in section?.Entries ?? [])
        {
            var words = ((value as YamlScalar)?.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not ([_] or [_, "required"]) || !int.TryParse(words[0], out var level) || level is < 1 or > 5)
                findings.Error(value.At, $"what is asked of '{skill.Text}' is no level from 1 to 5", $"write '{skill.Text}: 3', or '{skill.Text}: 3 required' where nobody without it will do");
            else if (Skill(new Located<string>(skill.Text, skill.At)))
                needs.Add(new SkillNeed(skill.Text, level, words.Length == 2));
        }

        return needs.ToImmutable();
    }

    private static string Fix(string written, IEnumerable<string> known, string section)
    {
        var suggestion = Suggestion.For(written, known);
        return suggestion.StartsWith("did", StringComparison.Ordinal) ? suggestion : $"declare it under '{section}', or {suggestion}";
    }
}
