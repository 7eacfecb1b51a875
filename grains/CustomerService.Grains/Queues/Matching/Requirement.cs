using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>What is asked of an agent: skills at levels, and skills that are only wished for. Equal when the same is asked, in any order.</summary>
internal sealed class Requirement : IEquatable<Requirement>
{
    private readonly int hash;

    private Requirement(ImmutableArray<SkillNeed> needs, ImmutableArray<string> wished)
    {
        Needs = needs;
        Wished = wished;
        var code = new HashCode();
        foreach (var need in needs)
            code.Add(need);
        foreach (var skill in wished)
            code.Add(skill);
        hash = code.ToHashCode();
    }

    public static Requirement Nothing { get; } = new([], []);

    /// <summary>One per skill, by name.</summary>
    public ImmutableArray<SkillNeed> Needs { get; }

    /// <summary>Who has all of these comes first; who has not is not excluded. By name.</summary>
    public ImmutableArray<string> Wished { get; }

    /// <summary>What a conversation asks before anything is relaxed.</summary>
    public static Requirement Of(ImmutableArray<SkillNeed> needs, ImmutableArray<string> wished)
    {
        if (needs.OrEmpty().IsEmpty && wished.OrEmpty().IsEmpty)
            return Nothing;
        var bySkill = needs.OrEmpty()
            .GroupBy(need => need.Skill, StringComparer.Ordinal)
            .Select(same => new SkillNeed(same.Key, same.Max(need => Math.Max(1, need.Level)), same.Any(need => need.Required)))
            .OrderBy(need => need.Skill, StringComparer.Ordinal);
        return new Requirement([.. bySkill], [.. wished.OrEmpty().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What is asked after one more step.</summary>
    public Requirement After(RelaxationStep step)
    {
        if (step.DropAll)
            return Nothing;
        var dropped = step.Drop.OrEmpty();
        var needs = Needs
            .Where(need => !dropped.Contains(need.Skill))
            .Select(need => need with { Level = Math.Max(1, need.Level - Math.Max(0, step.LowerBy)) });
        return new Requirement([.. needs], [.. Wished.Where(skill => !dropped.Contains(skill))]);
    }

    public bool Equals(Requirement? other) =>
        other is not null && hash == other.hash && Needs.AsSpan().SequenceEqual(other.Needs.AsSpan()) && Wished.AsSpan().SequenceEqual(other.Wished.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Requirement);

    public override int GetHashCode() => hash;
}
