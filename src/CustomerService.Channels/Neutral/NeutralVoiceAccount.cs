using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Neutral;

/// <summary>A telephone that a program of the owner's connects: it asks step by step what to do, as any provider of calls does.</summary>
internal sealed class NeutralVoiceAccount(NeutralAccount account, CallPlan plan) : ICallAccount, IMediaAccount
{
    private readonly CallFlow _flow = new(plan, steps => NeutralCalls.Write(steps, plan));

    public string Name => account.Name;

    public string Channel => account.Channel;

    public WebhookReading Read(WebhookRequest request) => account.Read(request);

    public CallTurn Decide(CallRequest call, ConversationSight sight) => _flow.Decide(call.Moment, sight);

    public Task<MediaContent> OpenMediaAsync(MediaReference media, CancellationToken cancellation) => account.OpenMediaAsync(media, cancellation);

    public ValueTask DisposeAsync() => account.DisposeAsync();
}
