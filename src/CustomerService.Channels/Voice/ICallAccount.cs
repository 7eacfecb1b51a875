using CustomerService.Channels.Accounts;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Voice;

/// <summary>
/// An account that customers call. Its provider asks step by step what to do in the call, and the answer depends on what stands in the conversation meanwhile.
/// All of that is decided here, purely; whoever has the conversation at hand shows it, and waits where told to.
/// </summary>
/// <remarks>
/// What the endpoint does when <see cref="IWebhookAccount.Read"/> gives <see cref="WebhookReading.InCall"/>:
/// <list type="number">
/// <item>It takes in <see cref="CallRequest.Events"/>, as with any webhook.</item>
/// <item>It asks the conversation's grain the <see cref="CallRequest.Reports"/>; what comes of them does not matter (a call without a word has no conversation yet).</item>
/// <item>It looks: <see cref="ConversationSight"/> of <see cref="CallRequest.ConversationId"/>, with the messages to the customer after <see cref="CallRequest.After"/>.</item>
/// <item>It calls <see cref="Decide"/>. <see cref="CallTurn.Answer"/>: that is the answer to the provider.
/// <see cref="CallTurn.Ask"/>: ask the conversation's grain that, look again with its reply in <see cref="ConversationSight.Outcome"/>, decide again.
/// <see cref="CallTurn.Wait"/>: wait until the conversation has a new message to the customer or another status, but no longer than it says; look again, with
/// <see cref="ConversationSight.WaitedOut"/> where the time was over; decide again.</item>
/// </list>
/// It never takes more than one <see cref="CallTurn.Ask"/> a request. No wait of a request prolongs an earlier one.
/// </remarks>
public interface ICallAccount : IWebhookAccount
{
    /// <summary>What to do next in a call. Pure.</summary>
    CallTurn Decide(CallRequest call, ConversationSight sight);
}
