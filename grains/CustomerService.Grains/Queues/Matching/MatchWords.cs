using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>The words of explanations.</summary>
internal static class MatchWords
{
    public static string Wanted(Requirement asked)
    {
        var needs = asked.Needs.Select(need => Text($"{need.Skill} {need.Level}{(need.Required ? " (required)" : "")}"));
        var wished = asked.Wished.Select(skill => Text($"{skill} (if anybody has it)"));
        return asked == Requirement.Nothing ? "nothing special" : string.Join(", ", needs.Concat(wished));
    }

    /// <summary>One line for each step so far that changed something.</summary>
    public static ImmutableArray<string> Relaxed(LineEntry entry, ImmutableArray<RelaxationStep> steps)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var taken = 0; entry.Ladder.Next(taken) is { } rung && rung.Step <= entry.Conversation.Relaxed; taken = rung.Step)
        {
            var at = new DateTimeOffset(entry.Since + rung.Age, TimeSpan.Zero);
            lines.Add(Text($"{at:u}, step {rung.Step} of {steps.OrEmpty().Length}: {Wanted(entry.Ladder.At(taken))} → {Wanted(entry.Ladder.At(rung.Step))}"));
        }

        return lines.ToImmutable();
    }

    public static string Chosen(LineEntry entry, Seat? seat, string agentOrder, int fitting)
    {
        if (seat?.Agent is null)
            return "The agent is not here any more.";
        var rule = agentOrder switch
        {
            AgentOrders.LeastLoaded => "most free units",
            AgentOrders.BestSkilled => "best skills",
            _ => "idle the longest",
        };
        var order = fitting > 1 ? Text($"first of {fitting} who fit, by: {rule}") : "the only one who fits";
        var again = entry.Conversation.LetGoBy == seat.Id ? "; let it go before, but nobody else is ready" : "";
        return Text($"{order}; {OfAgent(entry, seat, "no other ready agent has the skills")}{again}");
    }

    public static string Nobody(int present, int fitting) =>
        present == 0 ? "Nobody who serves the queue is there."
        : fitting == 0 ? "Nobody who is there can take it now."
        : Text($"{fitting} could take it now.");

    public static string OfAgent(LineEntry entry, Seat seat, string withoutWished = "does not have all of the skills")
    {
        if (seat.Agent is null || seat.Pool is null)
            return "not there";
        var wished = entry.Class.Asked.Wished;
        var skills = wished.IsEmpty ? ""
            : entry.Class.WishedPools[seat.Pool.Index] ? Text($"has the skills: {string.Join(", ", wished)}; ")
            : Text($"{withoutWished}: {string.Join(", ", wished)}; ");
        var known = entry.Conversation.PreferredAgent == seat.Id ? "knows the customer; " : "";
        return Text($"{known}{skills}free units: {Math.Max(0, seat.FreeUnits)}; idle since {seat.Agent.IdleSince.ToUniversalTime():u}");
    }

    public static string Lacking(Requirement asked, Skillset skills, double threshold)
    {
        foreach (var need in asked.Needs.Where(need => need.Required))
        {
            if (skills.LevelOf(need.Skill) is var level && level < need.Level)
                return level == 0 ? Text($"has no {need.Skill}, which is required") : Text($"{need.Skill} at level {level}, {need.Level} is required");
        }

        return Text($"skills match by {SkillMatch.Of(asked, skills, threshold).Score:0.00}, more than {threshold:0.00} is wanted");
    }

    public static string NotBefore(DateTimeOffset instant) => Text($"not to be offered before {instant.ToUniversalTime():u}");

    public static string Kept(string agentId, DateTimeOffset? until) =>
        until is { } end ? Text($"kept for {agentId} until {end.ToUniversalTime():u}") : Text($"kept for {agentId}, who is there");

    public static string Helper(long delay) => Text($"helps only those who have waited {TimeSpan.FromTicks(delay).TotalSeconds:0.#} s");

    public static string NoRoom(FloorChannel channel, Seat seat) =>
        seat.FreeUnits <= 0 ? "no free unit"
        : seat.FreeUnits < channel.Units ? Text($"{channel.Units} units wanted, {seat.FreeUnits} free")
        : seat.Agent?.Channels is { } limits && channel.Name is not null && limits.ContainsKey(channel.Name) ? Text($"no room for another {channel.Name}")
        : Text($"offers of this queue fill the {seat.Agent?.QueueUnits} units it may have");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
