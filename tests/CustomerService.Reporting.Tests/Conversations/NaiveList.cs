using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>What a filter and an order mean, without a database.</summary>
internal static class NaiveList
{
    public static string[] Find(IEnumerable<ConversationRow> all, ConversationFilter filter, ConversationOrder order)
    {
        var found = all.Where(row => Holds(row, filter) && KeyOf(row, order) is not null);
        return
        [
            .. (order == ConversationOrder.NewestMessage
                ? found.OrderByDescending(row => KeyOf(row, order)).ThenByDescending(row => row.Id, StringComparer.Ordinal)
                : found.OrderBy(row => KeyOf(row, order)).ThenBy(row => row.Id, StringComparer.Ordinal)).Select(row => row.Id),
        ];
    }

    private static bool Holds(ConversationRow row, ConversationFilter filter) =>
        (filter.Statuses.IsEmpty || filter.Statuses.Contains(row.Status))
        && (filter.Queues.IsEmpty || (row.Queue is { } queue && filter.Queues.Contains(queue)))
        && (filter.AgentId is null || filter.AgentId == row.AgentId)
        && (filter.LastAgentId is null || filter.LastAgentId == row.LastAgentId)
        && (filter.OfferedTo is null || row.OfferedTo.Contains(filter.OfferedTo))
        && (filter.Customers.IsEmpty || filter.Customers.Contains(row.CustomerId))
        && (filter.Channel is null || filter.Channel == row.Channel)
        && (filter.Language is null || filter.Language == row.Language)
        && (filter.Tier is null || filter.Tier == row.Tier)
        && (filter.Intent is null || filter.Intent == row.Intent)
        && (filter.Unanswered is null || filter.Unanswered == row.UnansweredSince is not null)
        && (filter.DueBefore is null || row.NextDue < filter.DueBefore)
        && (filter.From is null || row.LastMessageAt >= filter.From)
        && (filter.Until is null || row.LastMessageAt < filter.Until);

    private static DateTimeOffset? KeyOf(ConversationRow row, ConversationOrder order) => order switch
    {
        ConversationOrder.LongestWaiting => row.WaitingSince,
        ConversationOrder.LongestUnanswered => row.UnansweredSince,
        ConversationOrder.DueSoonest => row.NextDue,
        ConversationOrder.SnoozedUntil => row.SnoozedUntil,
        _ => row.LastMessageAt,
    };
}

/// <summary>Filters of one to three conditions that some row meets.</summary>
internal static class RandomFilter
{
    public static ConversationFilter Of(Dice dice, IReadOnlyList<ConversationRow> all, DateTimeOffset now)
    {
        var filter = ConversationFilter.All;
        for (var i = dice.Below(4); i > 0; i--)
            filter = With(filter, dice, dice.Pick(all), dice.Pick(all), now);
        return filter;
    }

    private static ConversationFilter With(ConversationFilter filter, Dice dice, ConversationRow row, ConversationRow other, DateTimeOffset now) => dice.Below(14) switch
    {
        0 => filter with { Statuses = [row.Status] },
        1 => filter with { Statuses = [row.Status, other.Status, ConversationStatus.Snoozed] },
        2 => filter with { Queues = [row.Queue ?? "general"] },
        3 => filter with { Queues = [row.Queue ?? "general", other.Queue ?? "billing"] },
        4 => filter with { AgentId = row.AgentId },
        5 => filter with { LastAgentId = row.LastAgentId },
        6 => filter with { OfferedTo = row.OfferedTo.FirstOrDefault() },
        7 => filter with { Customers = dice.Chance(0.5) ? [row.CustomerId] : [row.CustomerId, other.CustomerId] },
        8 => filter with { Channel = row.Channel },
        9 => filter with { Language = row.Language, Tier = row.Tier },
        10 => filter with { Intent = row.Intent },
        11 => filter with { Unanswered = dice.Chance(0.5) },
        12 => filter with { DueBefore = now + TimeSpan.FromMinutes(dice.Below(120)) },
        _ => filter with { From = row.LastMessageAt, Until = row.LastMessageAt + TimeSpan.FromHours(2) },
    };
}
