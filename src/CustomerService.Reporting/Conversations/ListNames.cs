using System.Collections.Frozen;
using System.Text.Json;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Conversations;

/// <summary>The words by which people and programs name what a list is filtered and sorted by.</summary>
public static class ListNames
{
    /// <summary><c>queued</c>, <c>on_hold</c>…</summary>
    public static FrozenDictionary<string, ConversationStatus> Statuses { get; } =
        Enum.GetValues<ConversationStatus>().Where(status => status != ConversationStatus.New).ToFrozenDictionary(Of, StringComparer.Ordinal);

    /// <summary><c>newest</c>, <c>oldest</c>, <c>waiting</c>, <c>unanswered</c>, <c>due</c> and <c>snoozed</c>.</summary>
    public static FrozenDictionary<string, ConversationOrder> Orders { get; } = new Dictionary<string, ConversationOrder>
    {
        ["newest"] = ConversationOrder.NewestMessage,
        ["oldest"] = ConversationOrder.OldestMessage,
        ["waiting"] = ConversationOrder.LongestWaiting,
        ["unanswered"] = ConversationOrder.LongestUnanswered,
        ["due"] = ConversationOrder.DueSoonest,
        ["snoozed"] = ConversationOrder.SnoozedUntil,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(ConversationStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
