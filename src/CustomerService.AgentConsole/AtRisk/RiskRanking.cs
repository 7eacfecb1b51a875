using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.AtRisk;

/// <summary>Why somebody should look at a conversation.</summary>
public enum RiskKind
{
    /// <summary>A promise is broken and still owed.</summary>
    PromiseBroken,

    /// <summary>A promise is due soon.</summary>
    PromiseDue,

    /// <summary>The customer waits for a person.</summary>
    WaitsLong,

    /// <summary>The customer waits for an answer of the person who has it.</summary>
    Unanswered,

    /// <summary>The customer asked again before anybody answered.</summary>
    AskedAgain,

    /// <summary>The customer is upset.</summary>
    MoodLow,

    /// <summary>The mood fell.</summary>
    MoodFalls,

    /// <summary>A customer of a tier above the usual: what else is wrong weighs more.</summary>
    Valued,
}

/// <param name="At">When it was or will be so; null: time has nothing to do with it.</param>
/// <param name="Count">How many messages.</param>
/// <param name="Text">A name: the tier.</param>
public readonly record struct RiskReason(RiskKind Kind, DateTimeOffset? At = null, int Count = 0, string? Text = null);

/// <param name="Weight">More is more urgent; comparable only with others.</param>
/// <param name="Reasons">The heaviest first.</param>
internal sealed record ConversationAtRisk(ConversationRow Row, double Weight, ImmutableArray<RiskReason> Reasons);

/// <summary>Which conversations need somebody's eye first, and why. One rule a line; their weights are points that add up.</summary>
internal static class RiskRanking
{
    /// <summary>A promise that is due within this is at risk.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    /// <summary>Who waits longer than this does so for long, whatever is promised.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <summary>A mood under this is low.</summary>
    public const double LowMood = -0.4;

    /// <summary>A mood that fell by this or more falls.</summary>
    public const double FallingMood = 0.4;

    /// <summary>How much more everything weighs for a valued customer.</summary>
    private const double ValuedFactor = 1.25;

    private static readonly ImmutableHashSet<string> UsualTiers = ["standard", "basic", "bronze", "free", ""];

    public static ImmutableArray<ConversationAtRisk> Of(IEnumerable<ConversationRow> rows, Func<string, Pulse> pulseOf, DateTimeOffset now, int limit) =>
    [
        .. rows.Select(row => Of(row, pulseOf(row.Id), now)).OfType<ConversationAtRisk>()
            .OrderByDescending(each => each.Weight).ThenBy(each => each.Row.Id, StringComparer.Ordinal).Take(limit),
    ];

    /// <summary>Null: nothing is wrong, or nobody is waited for.</summary>
    public static ConversationAtRisk? Of(ConversationRow row, Pulse pulse, DateTimeOffset now)
    {
        if (!row.Status.IsWithPeople() || row.Status == ConversationStatus.Snoozed)
            return null;
        var found = Reasons(row, pulse, now).OrderByDescending(each => each.Weight).ToList();
        if (found.Count == 0)
            return null;
        var weight = found.Sum(each => each.Weight);
        return UsualTiers.Contains(row.Tier ?? "")
            ? new ConversationAtRisk(row, weight, [.. found.Select(each => each.Reason)])
            : new ConversationAtRisk(row, weight * ValuedFactor, [.. found.Select(each => each.Reason), new RiskReason(RiskKind.Valued, Text: row.Tier)]);
    }

    private static IEnumerable<(double Weight, RiskReason Reason)> Reasons(ConversationRow row, Pulse pulse, DateTimeOffset now)
    {
        if (row.NextDue is { } late && late <= now)
            yield return (100 + Math.Min(60, (now - late).TotalMinutes), new RiskReason(RiskKind.PromiseBroken, late));
        else if (row.NextDue is { } due && due - now <= Soon)
            yield return (80 - (60 * ((due - now) / Soon)), new RiskReason(RiskKind.PromiseDue, due));
        if (row.WaitingSince is { } waiting && row.Status.IsInLine() && now - waiting >= Long)
            yield return (Minutes(now - waiting), new RiskReason(RiskKind.WaitsLong, waiting));
        if (row.UnansweredSince is { } unanswered && row.Status.IsHeld() && now - unanswered >= Long)
            yield return (Minutes(now - unanswered), new RiskReason(RiskKind.Unanswered, unanswered));
        if (pulse.Asked > 1)
            yield return (Math.Min(40, 10 * pulse.Asked), new RiskReason(RiskKind.AskedAgain, Count: pulse.Asked));
        if (row.Sentiment < LowMood)
            yield return (25, new RiskReason(RiskKind.MoodLow));
        if (pulse.Fall >= FallingMood)
            yield return (20, new RiskReason(RiskKind.MoodFalls));
    }

    private static double Minutes(TimeSpan length) => Math.Min(60, length.TotalMinutes);
}
