using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Waiting;

namespace CustomerService.Gateway.Sockets;

/// <summary>What a customer's page sends over its socket. Which fields count depends on the type.</summary>
/// <remarks>
/// <c>hello</c> {token?} first, where the handshake brought no token · <c>message</c> {id?, text, attachments?, metadata?} ·
/// <c>received</c> {upTo} · <c>read</c> {upTo} · <c>typing</c> {}.
/// </remarks>
internal sealed record ClientFrame
{
    public string? Type { get; init; }

    public string? Token { get; init; }

    /// <summary>The message's own id; sending it again is safe.</summary>
    public string? Id { get; init; }

    public string? Text { get; init; }

    /// <summary>Tickets of uploaded files.</summary>
    public ImmutableArray<string>? Attachments { get; init; }

    public ImmutableDictionary<string, string>? Metadata { get; init; }

    public long? UpTo { get; init; }
}

/// <summary>What a customer's page is sent.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Position), "position")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Busy), "busy")]
[JsonDerivedType(typeof(Error), "error")]
internal abstract record ServerFrame
{
    private ServerFrame()
    {
    }

    /// <summary>The first frame: whose socket this is now. <paramref name="Token"/> is there when a session was begun.</summary>
    public sealed record Ready(string Conversation, string Visitor, string? Token) : ServerFrame;

    /// <summary>One message of the transcript; see <see cref="ChatMessage"/>.</summary>
    public sealed record Message(
        long Sequence, string Id, string Author, string Text, ImmutableArray<string> Actions, ImmutableArray<string> Sources, DateTimeOffset At,
        [property: JsonPropertyName("status")] string? Receipt, string? InReplyTo) : ServerFrame
    {
        public ImmutableArray<MessageAttachment>? Attachments { get; init; }

        public static Message Of(ChatMessage line) => new(
            line.Sequence, line.Id, line.Author, line.Text, line.Actions, line.Sources, line.At, line.Status, line.InReplyTo)
        {
            Attachments = line.Attachments,
        };
    }

    /// <summary>Where the conversation stands; see <see cref="ConversationStanding"/>.</summary>
    public sealed record Status(
        [property: JsonPropertyName("status")] string Standing, bool Working, long LastSequence, long DeliveredUpTo, long ReadUpTo,
        PlaceInLine? Queue, string? Agent, string? TicketId, string? CallbackTo) : ServerFrame
    {
        public int? Rating { get; init; }

        public bool? MailsTranscript { get; init; }

        public static Status Of(ConversationStanding standing) => new(
            standing.Status, standing.Working, standing.LastSequence, standing.DeliveredUpTo, standing.ReadUpTo, standing.Queue, standing.Agent,
            standing.TicketId, standing.CallbackTo)
        {
            Rating = standing.Rating,
            MailsTranscript = standing.MailsTranscript,
        };
    }

    /// <summary>The customer's place in the line has changed; see <see cref="PlaceInLine"/>.</summary>
    public sealed record Position([property: JsonPropertyName("position")] int Place, int Waiting, double? EstimatedWaitSeconds) : ServerFrame
    {
        public double? AtMostSeconds { get; init; }

        public string? Words { get; init; }

        public DateTimeOffset? OpensAt { get; init; }

        public bool OffersCallback { get; init; }

        public static Position Of(PlaceInLine place) => new(place.Position, place.Waiting, place.EstimatedWaitSeconds)
        {
            AtMostSeconds = place.AtMostSeconds,
            Words = place.Words,
            OpensAt = place.OpensAt,
            OffersCallback = place.OffersCallback,
        };
    }

    /// <summary>The message with this id is durable.</summary>
    public sealed record Accepted(string Id, long Sequence, bool Duplicate) : ServerFrame;

    /// <summary>The agent is typing.</summary>
    public sealed record Typing(string Author) : ServerFrame;

    /// <summary>Nothing was done with the message of this id; send it again after so many seconds.</summary>
    public sealed record Busy(string? Id, int RetryAfter, string Code) : ServerFrame;

    /// <summary>A frame, or the message of this id, was not accepted; sending it again as it is won't help.</summary>
    public sealed record Error(string? Id, string Code, [property: JsonPropertyName("message")] string Detail, string? Field, string? ParkedId) : ServerFrame;
}
