using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.AgentConsole.People;

/// <summary>Skills as people write them: <c>billing:3, spanish:5</c>. Without a level it is 5.</summary>
internal static class SkillText
{
    private const int Best = 5;

    public static string Write(ImmutableArray<string> skills, ImmutableDictionary<string, int>? levels) =>
        string.Join(", ", skills.Select(skill => $"{skill}:{(levels?.TryGetValue(skill, out var level) is true ? level : Best).ToString(CultureInfo.InvariantCulture)}"));

    public static (ImmutableArray<string> Skills, ImmutableDictionary<string, int> Levels) Read(string text)
    {
        var levels = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var skills = ImmutableArray.CreateBuilder<string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.LastIndexOf(':');
            var hasLevel = colon > 0 && int.TryParse(part[(colon + 1)..], CultureInfo.InvariantCulture, out _);
            var skill = (hasLevel ? part[..colon] : part).Trim();
            if (!levels.ContainsKey(skill))
                skills.Add(skill);
            levels[skill] = hasLevel ? int.Parse(part[(colon + 1)..], CultureInfo.InvariantCulture) : Best;
        }

        return (skills.DrainToImmutable(), levels.ToImmutable());
    }
}
