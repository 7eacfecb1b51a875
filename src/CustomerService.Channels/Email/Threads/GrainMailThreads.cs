using CustomerService.Grains;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Email.Threads;

/// <summary>Threads that the thread grains keep.</summary>
/// <param name="grains">Asked when the first mail comes: who hosts grains needs the accounts first.</param>
public sealed class GrainMailThreads(Func<IGrainClient> grains) : IMailThreads
{
    public async Task<string?> FindAsync(string address, string messageId, CancellationToken cancellation) =>
        await grains().AskAsync(Key(address, messageId), new FindThread(), cancellation) is ThreadView { ConversationId: var conversation } ? conversation : null;

    public async Task<string> JoinAsync(string address, string messageId, string conversationId, CancellationToken cancellation) =>
        await grains().AskAsync(Key(address, messageId), new JoinThread(conversationId), cancellation) is ThreadView { ConversationId: { } conversation } ? conversation : conversationId;

    /// <summary>Nothing is known of the mail any more: one that answers it is found by its own token, or begins a conversation.</summary>
    public async Task ForgetAsync(string address, string messageId, CancellationToken cancellation) => await grains().AskAsync(Key(address, messageId), new ForgetMail(), cancellation);

    private static GrainId Key(string address, string messageId) => Grain.MailThread($"{messageId} {address}");
}
