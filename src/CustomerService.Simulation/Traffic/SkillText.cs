using CustomerService.Grains.Queues;

namespace CustomerService.Simulation.Traffic;

/// <summary>How a skill is asked for: a level from 1 to 5, and <c>required</c> where nobody without it will do, as in routing rules.</summary>
internal static class SkillText
{
    public static SkillNeed? Need(string skill, string level) => level.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [[>= '1' and <= '5' and var digit]] when skill.Length > 0 => new SkillNeed(skill, digit - '0', Required: false),
        [[>= '1' and <= '5' and var digit], "required"] when skill.Length > 0 => new SkillNeed(skill, digit - '0', Required: true),
        _ => null,
    };

    /// <summary>Of <c>billing: 3</c> or <c>language.de: 5 required</c>; null when it is not so written.</summary>
    public static SkillNeed? Need(string written) =>
        written.Split(':') is [var skill, var level] ? Need(skill.Trim(), level) : null;
}
