namespace CustomerService.Grains.Queues.Matching;

/// <summary>How well an agent's skills match what is asked.</summary>
/// <param name="Fits">Every required skill is at its level, and the score is over the queue's threshold.</param>
/// <param name="Score">0…1: the mean over the needs of <c>min(1, level / needed)</c>; 1 when nothing is asked.</param>
/// <param name="Levels">The sum of the agent's levels in all skills asked or wished for: tells apart who fully match.</param>
/// <param name="HasWished">The agent has every skill that is only wished for.</param>
internal readonly record struct SkillMatch(bool Fits, double Score, int Levels, bool HasWished)
{
    public static SkillMatch Of(Requirement asked, Skillset skills, double threshold)
    {
        var (required, sum, levels, hasWished) = (true, 0d, 0, true);
        foreach (var need in asked.Needs)
        {
            var level = skills.LevelOf(need.Skill);
            sum += Math.Min(1d, (double)level / need.Level);
            levels += level;
            required &= !need.Required || level >= need.Level;
        }

        foreach (var skill in asked.Wished)
        {
            var level = skills.LevelOf(skill);
            levels += level;
            hasWished &= level > 0;
        }

        // A full match fits whatever the threshold is: over 1 there is nothing.
        var score = asked.Needs.IsEmpty ? 1 : sum / asked.Needs.Length;
        return new SkillMatch(required && (score > threshold || score >= 1), score, levels, hasWished);
    }
}
