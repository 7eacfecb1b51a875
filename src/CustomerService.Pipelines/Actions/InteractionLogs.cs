using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Handoffs;

namespace CustomerService.Pipelines.Actions;

/// <summary>What an interaction leaves on its ticket.</summary>
internal static class InteractionLogs
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <param name="status"><c>open</c>, <c>pending</c> or <c>solved</c>.</param>
    public static InteractionLog Of(RunScope run, string status, string? customerId, ImmutableDictionary<string, string> metrics) => new(
        run.Context.TicketId ?? TicketIdOf(run.Context.ConversationId),
        Subject(run),
        status,
        customerId ?? run.Context.CustomerId,
        metrics);

    /// <summary>A conversation's ticket: always the same one, so that a repeated run opens no second. 60 bits, made to be read aloud.</summary>
    public static string TicketIdOf(string conversationId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(conversationId));
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
        return string.Create(14, bits, static (id, bits) =>
        {
            (id[0], id[1]) = ('T', '-');
            for (var i = 2; i < id.Length; i++, bits <<= 5)
                id[i] = Alphabet[(int)(bits >> 59)];
        });
    }

    private static string Subject(RunScope run)
    {
        var words = HandoffSummary.Short(run.Redact(run.Context.Message.Content), 60);
        var intent = run.Draft.Signals.Intent;
        if (intent == MessageSignals.Unknown.Intent)
            return words.Length > 0 ? words : "Message without text";
        var topic = char.ToUpperInvariant(intent[0]) + intent[1..].Replace('_', ' ');
        return words.Length > 0 ? $"{topic}: {words}" : topic;
    }
}
