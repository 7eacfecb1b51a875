using System.Collections.Immutable;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// What was said, mailed to the customer of a chat. The delivery grain of the same key sends it: a chat has nothing else to be sent.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> MailTranscript(ConversationState state, MailTranscript mail, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Channel != ChannelNames.Chat)
            return Refuse(state, "not_a_chat", $"The customer of a conversation by {state.Channel} has what was said; only that of a chat is mailed.");
        if (string.IsNullOrWhiteSpace(mail.To) || string.IsNullOrWhiteSpace(mail.Account))
            return Refuse(state, "address_missing", "A transcript needs an address to go to, and the mailbox that sends it.");
        if (mail.By == Conversations.MailTranscript.Customer && state.Transcripts >= Conversations.MailTranscript.MostByCustomer)
            return Refuse(state, "too_many_transcripts", $"This conversation was mailed {state.Transcripts} times already; an agent can mail it once more.");

        var number = state.Transcripts + 1;
        var message = new Outbound(0, $"transcript-{number}", Author.System, "", InReplyTo: null)
        {
            To = new Inbound("", ChannelNames.Email, mail.Account, mail.To, then.Now, ImmutableDictionary<string, string>.Empty),
            Transcript = new TranscriptCopy(state.LastSequence, mail.Zone),
            Language = mail.Language,
        };
        then.Record(new TranscriptMailed(message.MessageId, mail.By, mail.To, state.LastSequence));
        then.Tell(Grain.Delivery(state.Id), new Deliver(message));
        return then.Turn(state with { Transcripts = number });
    }
}
