using System.Text.Json.Serialization;
using CustomerService.Grains.MailThreads;

namespace CustomerService.Grains.MailThreads
{
    /// <summary>
    /// This message belongs to that conversation, unless it was said to belong to another before: the first word counts. Asked of the thread grain of the
    /// message's own id. Answer: <see cref="ThreadView"/>.
    /// </summary>
    public sealed record JoinThread(string ConversationId) : Turns.Command;

    /// <summary>Forget a mail with its Message-ID: its conversation is erased.</summary>
    public sealed record ForgetMail : Turns.Command;

    /// <summary>Answer: <see cref="ThreadView"/>.</summary>
    public sealed record FindThread : Turns.Query;

    /// <param name="ConversationId">Null: no such message has come or gone.</param>
    public sealed record ThreadView(string? ConversationId) : Turns.Reply;

    /// <summary>The conversation of one message that others may name as the one they answer.</summary>
    public sealed record MailThreadState(string MessageId, string? ConversationId);
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(JoinThread), "thread.join")]
    [JsonDerivedType(typeof(FindThread), "thread.find")]
    [JsonDerivedType(typeof(ForgetMail), "thread.forget")]
    public partial record Command;

    [JsonDerivedType(typeof(ThreadView), "thread.view")]
    public partial record Reply;
}
