using System.Collections.Immutable;
using CustomerService.Grains.Retention;

namespace CustomerService.Reporting.Retention;

/// <summary>What a run by some rules would do now.</summary>
/// <param name="Channels">Those of which something is erased by the rules, in the order of their names' list.</param>
/// <param name="Left">How many would be left though they are old enough, by the reason.</param>
/// <param name="LeftOnes">The oldest of them, at most <see cref="RetentionPreviews.MostLeftShown"/>.</param>
/// <param name="IsWhole">False: there are more old ones than were looked at one by one; of the rest it is not said whether they would be left.</param>
public sealed record RetentionPreview(
    DateTimeOffset At, RetentionRules Rules, ImmutableArray<ChannelPreview> Channels, ImmutableSortedDictionary<string, int> Left, ImmutableArray<LeftConversation> LeftOnes, bool IsWhole)
{
    /// <summary>So many conversations would be erased; at most so many, where it is not <see cref="IsWhole"/>.</summary>
    public int Erased => Channels.Sum(channel => channel.Erased);
}

/// <param name="NotAfter">What had its last word then or before is old enough.</param>
/// <param name="Old">How many are old enough.</param>
/// <param name="Erased">How many of these would be erased.</param>
/// <param name="Oldest">When the last word was said in the oldest of these; null: there is none.</param>
public sealed record ChannelPreview(string Channel, KeepTime Keep, DateTimeOffset NotAfter, int Old, int Erased, DateTimeOffset? Oldest);

/// <param name="Why">The code of the reason, such as <c>on_legal_hold</c>.</param>
/// <param name="HeldBy">Who holds it, for a legal reason; null: nobody.</param>
/// <param name="HeldFor">The reason in their words.</param>
public sealed record LeftConversation(string ConversationId, string Channel, DateTimeOffset LastMessageAt, string Why, string? HeldBy, string? HeldFor);
