using System.Collections.Immutable;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// What the customer's side sends: messages and receipts.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> Receive(ConversationState state, Interaction message, DateTimeOffset now)
    {
        var begins = state.Status == ConversationStatus.New;
        if (!begins && (message.Channel != state.Channel || message.Address != state.Address))
            return Refuse(state, "not_your_conversation", "This conversation belongs to somebody else; begin one of your own.");
        if (SequenceOf(state, message.Id, Author.Customer) is { } accepted)
            return Turn.Unchanged(state, new MessageAccepted(accepted, Duplicate: true));
        if (Fault(message) is { } fault)
            return Turn.Unchanged(state, fault);

        var forAssistant = IsForAssistant(state);
        if (forAssistant && IsFull(state.Waiting, message))
            return Refuse(state, "too_many_waiting", "Earlier messages of this conversation still wait for their answers; send this one again when they are answered.");

        message = message with
        {
            Attachments = message.Attachments.OrEmpty(),
            ChannelMetadata = message.ChannelMetadata ?? ImmutableDictionary<string, string>.Empty,
        };
        var then = new Consequences(now);
        var next = Remember(Append(begins ? Begin(state, message, now) : state, Author.Customer, message.Content, now), message.Id, Author.Customer);
        if (state.Status is ConversationStatus.Resolved or ConversationStatus.WrapUp)
            then.Record(new ConversationReopened());
        then.Record(new MessageReceived(next.LastSequence, message));
        next = AnsweredThrough(next with { Rating = null }, message, then); // what is settled next is rated anew
        next = forAssistant ? ToAssistant(next, message, then) : ToPeople(next, then);
        if (!forAssistant)
            Translate(next, [new LineToTranslate(next.LastSequence, Author.Customer, message.Content)], then);
        return then.Turn(next, new MessageAccepted(next.LastSequence, Duplicate: false));
    }

    private static ConversationState Begin(ConversationState state, Interaction message, DateTimeOffset now) => state with
    {
        Channel = message.Channel,
        Address = message.Address,
        CustomerId = CustomerIds.ForAddress(message.Channel, message.Address),
        CreatedAt = now,
    };

    private static ConversationState ToAssistant(ConversationState state, Interaction message, Consequences then)
    {
        state = state.Status switch
        {
            ConversationStatus.Closed => Moved(NewMatter(state), ConversationStatus.Assistant, "the customer wrote after it was closed: a new matter", then),
            ConversationStatus.Resolved => Moved(state with { Handoff = null }, ConversationStatus.Assistant, "the customer wrote again", then),
            _ => Moved(state, ConversationStatus.Assistant, "the customer wrote", then),
        };
        state = state with { Waiting = state.Waiting.Add(new WaitingMessage(state.LastSequence, message, then.Now)) };
        if (state.Waiting.Count == 1)
            then.Add(RunFor(state));
        return state;
    }

    /// <summary>While people have the conversation, or get it back, the message is theirs to answer.</summary>
    private static ConversationState ToPeople(ConversationState state, Consequences then)
    {
        state = state with { UnansweredSince = state.UnansweredSince ?? then.Now };
        return state.Status switch
        {
            // Whoever writes does not wait on purpose any more.
            ConversationStatus.OnHold => Moved(state, ConversationStatus.Assigned, "the customer wrote", then),
            ConversationStatus.Snoozed => Awake(state, "the customer wrote", then),
            ConversationStatus.WrapUp => Resumed(state, then),
            ConversationStatus.Resolved => Reopened(state, then),
            _ => state,
        };
    }

    /// <summary>Gives a message the next place in the transcript, and keeps it in the tail.</summary>
    private static ConversationState Append(ConversationState state, Author author, string text, DateTimeOffset now)
    {
        var sequence = state.LastSequence + 1;
        var line = new TranscriptLine(sequence, author, Excerpt.Of(text, TranscriptLine.MaxText), now);
        return state with { LastSequence = sequence, Tail = state.Tail.AddWithin(line, ConversationState.TailLength) };
    }

    /// <summary>Sends the customer a message of the assistant's.</summary>
    private static ConversationState Send(ConversationState state, string messageId, string? inReplyTo, OutgoingMessage message, Consequences then)
    {
        var next = Append(state, Author.Assistant, message.Text, then.Now);
        then.Record(new MessageSent(
            next.LastSequence, messageId, Author.Assistant, AgentId: null, message.Text, message.Actions.OrEmpty(), message.Sources.OrEmpty(), inReplyTo));
        Deliver(next, new Outbound(next.LastSequence, messageId, Author.Assistant, message.Text, inReplyTo) { Language = LanguageOfCustomer(next) }, then);
        return next;
    }

    private static Reply? Fault(Interaction message) => message switch
    {
        { Id: null or "" } => Turns.Reply.Refuse("message_id_missing", "A message needs an id of its own, so that it is known when it comes again."),
        { Address: null or "" } => Turns.Reply.Refuse("address_missing", "A message needs the address of who wrote it."),
        { Content.Length: > Interaction.MaxContentLength } => Turns.Reply.Refuse(
            "message_too_long",
            $"The message has {message.Content.Length} characters; at most {Interaction.MaxContentLength} are accepted. Send it in parts."),
        _ when !ChannelNames.All.Contains(message.Channel) => Turns.Reply.Refuse(
            "unknown_channel", $"There is no such channel. The channels are: {string.Join(", ", ChannelNames.All)}."),
        _ when string.IsNullOrWhiteSpace(message.Content) && message.Attachments.OrEmpty().IsEmpty => Turns.Reply.Refuse(
            "empty_message", "The message is empty; write some text or attach a file."),
        _ => null,
    };

    private static bool IsFull(ImmutableList<WaitingMessage> waiting, Interaction message) =>
        waiting.Count >= ConversationState.MaxWaiting
        || (!waiting.IsEmpty && waiting.Sum(each => each.Interaction.Content.Length) + message.Content.Length > ConversationState.MaxWaitingText);

    private static Turn<ConversationState> Report(ConversationState state, ReportReceipt receipt)
    {
        if (state.Status == ConversationStatus.New)
            return Done(state);
        var upTo = Math.Min(receipt.UpToSequence, state.LastSequence);
        ConversationState next;
        switch (receipt.Status)
        {
            case "delivered":
                next = state with { DeliveredUpTo = Math.Max(state.DeliveredUpTo, upTo) };
                break;
            case "read":
                // What was read was delivered.
                next = state with { DeliveredUpTo = Math.Max(state.DeliveredUpTo, upTo), ReadUpTo = Math.Max(state.ReadUpTo, upTo) };
                break;
            default:
                return Refuse(state, "unknown_receipt_status", "A receipt says 'delivered' or 'read'.");
        }

        var moved = next.DeliveredUpTo > state.DeliveredUpTo || next.ReadUpTo > state.ReadUpTo;
        return moved ? Turn.Of(next, Turns.Reply.Done, new Record(new ReceiptReported(upTo, receipt.Status))) : Done(state);
    }
}
