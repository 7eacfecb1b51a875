using System.Collections.Immutable;
using CustomerService.Grains.Customers;
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

        var forAssistant = state.Status is not (ConversationStatus.Queued or ConversationStatus.Assigned);
        if (forAssistant && IsFull(state.Waiting, message))
            return Refuse(state, "too_many_waiting", "Earlier messages of this conversation still wait for their answers; send this one again when they are answered.");

        message = message with
        {
            Attachments = message.Attachments.OrEmpty(),
            ChannelMetadata = message.ChannelMetadata ?? ImmutableDictionary<string, string>.Empty,
        };
        var next = Remember(Append(begins ? Begin(state, message, now) : state, Author.Customer, message.Content, now), message.Id, Author.Customer);
        var effects = ImmutableArray.CreateBuilder<Effect>(3);
        if (state.Status == ConversationStatus.Resolved)
            effects.Add(new Record(new ConversationReopened()));
        effects.Add(new Record(new MessageReceived(next.LastSequence, message)));

        // While a person has the conversation, the message is theirs to answer.
        if (forAssistant)
        {
            next = next with
            {
                Status = ConversationStatus.Assistant,
                Waiting = next.Waiting.Add(new WaitingMessage(next.LastSequence, message, now)),
            };
            if (next.Waiting.Count == 1)
                effects.Add(RunFor(next));
        }

        return Turn.Of(next, new MessageAccepted(next.LastSequence, Duplicate: false), effects.DrainToImmutable());
    }

    private static ConversationState Begin(ConversationState state, Interaction message, DateTimeOffset now) => state with
    {
        Channel = message.Channel,
        Address = message.Address,
        CustomerId = CustomerIds.ForAddress(message.Channel, message.Address),
        CreatedAt = now,
    };

    private static Reply? Fault(Interaction message) => message switch
    {
        { Id: null or "" } => Turns.Reply.Refuse("message_id_missing", "A message needs an id of its own, so that it is known when it comes again."),
        { Address: null or "" } => Turns.Reply.Refuse("address_missing", "A message needs the address of who wrote it."),
        { Content.Length: > Interaction.MaxContentLength } => Turns.Reply.Refuse(
            "message_too_long",
            $"The message has {message.Content.Length} characters; at most {Interaction.MaxContentLength} are accepted. Send it in parts."),
        _ when !Channels.All.Contains(message.Channel) => Turns.Reply.Refuse(
            "unknown_channel", $"There is no such channel. The channels are: {string.Join(", ", Channels.All)}."),
        _ when string.IsNullOrWhiteSpace(message.Content) && message.Attachments.OrEmpty().IsEmpty => Turns.Reply.Refuse(
            "empty_message", "The message is empty; write some text or attach a file."),
        _ => null,
    };

    private static bool IsFull(ImmutableList<WaitingMessage> waiting, Interaction message) =>
        waiting.Count >= ConversationState.MaxWaiting
        || (!waiting.IsEmpty && waiting.Sum(each => each.Interaction.Content.Length) + message.Content.Length > ConversationState.MaxWaitingText);

    private static Turn<ConversationState> Report(ConversationState state, ReportReceipt receipt)
    {
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
        return moved
            ? Turn.Of(next, Turns.Reply.Done, new Record(new ReceiptReported(upTo, receipt.Status)))
            : Turn.Unchanged(state, Turns.Reply.Done);
    }
}
