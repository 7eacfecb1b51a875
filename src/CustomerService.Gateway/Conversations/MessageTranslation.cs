using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Gateway.Conversations;

/// <summary>One message in another language, for staff; or that it could not be had in it.</summary>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Text">Absent: not translated.</param>
/// <param name="Provider">Who translated.</param>
/// <param name="Original">The text is what its agent wrote; the message that went out is the translation.</param>
/// <param name="Reason">Why it is not translated.</param>
public sealed record MessageTranslation(long Sequence, string Language, string? Text, string? Provider, bool Original, string? Reason);

/// <summary>An agent's reply that has not gone out yet.</summary>
/// <param name="Text">As the agent wrote it.</param>
/// <param name="To">The customer's language.</param>
/// <param name="State"><c>translating</c>, <c>ready</c> (those before it go first) or <c>not_translated</c> (its agent decides).</param>
/// <param name="Outgoing">What will go out, once it is known.</param>
public sealed record HeldReply(string MessageId, string AgentId, string Text, string? To, string State, string? Outgoing, string? Reason)
{
    internal static HeldReply Of(PendingReply reply) => new(
        reply.MessageId, reply.AgentId, reply.Text, reply.To.Length == 0 ? null : reply.To,
        reply.Reason is not null ? "not_translated" : reply.Outgoing is null ? "translating" : "ready", reply.Outgoing, reply.Reason);
}

/// <summary>Collects what the journal says of translations: the newest word on each message and language.</summary>
internal sealed class MessageTranslations
{
    private readonly Dictionary<(long Sequence, string Language), MessageTranslation> _newest = [];

    /// <summary>Null where there are none.</summary>
    public ImmutableArray<MessageTranslation>? All =>
        _newest.Count == 0 ? null : [.. _newest.Values.OrderBy(each => each.Sequence).ThenBy(each => each.Language, StringComparer.Ordinal)];

    public void Read(JournalEvent happened)
    {
        switch (happened)
        {
            case MessageTranslated e:
                _newest[(e.MessageSequence, e.To)] = new MessageTranslation(e.MessageSequence, e.To, e.Text, e.Provider, e.IsOriginal, null);
                break;
            case MessageNotTranslated e:
                _newest.TryAdd((e.MessageSequence, e.To), new MessageTranslation(e.MessageSequence, e.To, null, null, false, e.Reason));
                break;
        }
    }
}
