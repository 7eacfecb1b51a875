using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Channels that answers have to be sent through: the delivery grain of the same key sends them, and tells what became of each.
public sealed partial class ConversationBehaviour
{
    /// <summary>Answers go the way the last message came.</summary>
    private static ConversationState AnsweredThrough(ConversationState state, Interaction message, Consequences then)
    {
        if (!ChannelNames.IsSentTo(state.Channel) || message.ChannelMetadata.GetValueOrDefault(ChannelMetadata.Account) is not { } account)
            return state;

        then.Tell(Grain.Delivery(state.Id), new NoteInbound(new Inbound(message.Id, message.Channel, account, message.Address, message.ReceivedAt, message.ChannelMetadata)));
        return state with { Account = account };
    }

    private static void Deliver(ConversationState state, Outbound message, Consequences then)
    {
        if (state.Account is not null)
            then.Tell(Grain.Delivery(state.Id), new Deliver(message));
    }

    private static Turn<ConversationState> NoteDelivery(ConversationState state, NoteDelivery note)
    {
        if (note.Sequence > state.LastSequence || state.Status == ConversationStatus.New)
            return Done(state);

        var next = note.Status switch
        {
            DeliveryStatus.Delivered => state with { DeliveredUpTo = Math.Max(state.DeliveredUpTo, note.Sequence) },
            // What was read was delivered.
            DeliveryStatus.Read => state with
            {
                DeliveredUpTo = Math.Max(state.DeliveredUpTo, note.Sequence),
                ReadUpTo = Math.Max(state.ReadUpTo, note.Sequence),
            },
            _ => state,
        };
        return Turn.Of(next, Turns.Reply.Done, new Record(new DeliveryReported(note.Sequence, note.MessageId, note.Status, note.Reason)));
    }
}
