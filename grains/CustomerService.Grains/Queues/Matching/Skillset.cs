using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>An agent's skills and levels; equal when they are the same, however they were told.</summary>
internal sealed class Skillset : IEquatable<Skillset>
{
    private readonly ImmutableArray<KeyValuePair<string, int>> byName;
    private readonly Dictionary<string, int> levels;
    private readonly int hash;

    private Skillset(Dictionary<string, int> levels)
    {
        this.levels = levels;
        byName = [.. levels.OrderBy(skill => skill.Key, StringComparer.Ordinal)];
        var code = new HashCode();
        foreach (var (skill, level) in byName)
        {
            code.Add(skill);
            code.Add(level);
        }

        hash = code.ToHashCode();
    }

    public static Skillset Of(FloorAgent agent)
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var skill in agent.Skills.OrEmpty())
            levels[skill] = FloorAgent.FullLevel;
        foreach (var (skill, level) in agent.Levels ?? ImmutableDictionary<string, int>.Empty)
        {
            if (level > 0)
                levels[skill] = level;
            else
                levels.Remove(skill);
        }

        return new Skillset(levels);
    }

    /// <summary>0: the skill is missing.</summary>
    public int LevelOf(string skill) => levels.GetValueOrDefault(skill);

    public bool Equals(Skillset? other) => other is not null && hash == other.hash && byName.AsSpan().SequenceEqual(other.byName.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Skillset);

    public override int GetHashCode() => hash;
}
