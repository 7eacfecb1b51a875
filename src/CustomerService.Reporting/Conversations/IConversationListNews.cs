using System.Collections.Immutable;

namespace CustomerService.Reporting.Conversations;

/// <summary>Tells which rows of the list changed, when they can be read; in every process, whichever of them keeps the list.</summary>
public interface IConversationListNews
{
    /// <summary>Calls back until disposed. The callback must be quick and must not throw; it comes on any thread, one call after another.</summary>
    IDisposable Subscribe(Action<ConversationNews> onNews);
}

/// <param name="Everything">More changed than is told one by one, or the list was made anew: read again whatever is shown.</param>
/// <param name="Changes">Each conversation once, with its row's new version.</param>
public sealed record ConversationNews(bool Everything, ImmutableArray<ConversationChange> Changes);

/// <param name="Version">See <see cref="ConversationRow.Version"/>.</param>
public readonly record struct ConversationChange(string Id, long Version);
