using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Grains.Conversations
{
    /// <summary>
    /// Mail what was said so far to an address, once for each id of the command. Refused with <c>no_such_conversation</c>, <c>not_a_chat</c>, <c>address_missing</c> or
    /// <c>too_many_transcripts</c>.
    /// </summary>
    /// <param name="By">Who asks: <c>customer</c>, or an agent.</param>
    /// <param name="To">A mail address, as its grain has it.</param>
    /// <param name="Account">The mailbox of <c>channels.yaml</c> that sends it.</param>
    /// <param name="Language">ISO 639-1: of the words around what was said.</param>
    /// <param name="Zone">The reader's time zone, as IANA names it; null: not known.</param>
    public sealed record MailTranscript(string By, string To, string Account, string Language, string? Zone) : Turns.Command
    {
        /// <summary>Who asked, where it was the customer.</summary>
        public const string Customer = "customer";

        /// <summary>How often a customer may have it mailed, so that nobody fills other people's mailboxes.</summary>
        public const int MostByCustomer = 3;
    }

    /// <summary>What was said is on its way to a mail address; <see cref="DeliveryReported"/> of that message id tells what became of it.</summary>
    public sealed record TranscriptMailed(string MessageId, string By, string To, long UpTo) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(MailTranscript), "conversation.mail_transcript")]
    public partial record Command;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(TranscriptMailed), "conversation.transcript_mailed")]
    public partial record JournalEvent;
}
