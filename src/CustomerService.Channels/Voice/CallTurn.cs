using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

/// <summary>What to do next in a call. How each is carried out stands at <see cref="ICallAccount"/>.</summary>
public abstract record CallTurn
{
    private CallTurn()
    {
    }

    /// <summary>Tell the provider.</summary>
    public sealed record Answer(WebhookAnswer What) : CallTurn;

    /// <summary>Ask the conversation, then decide again.</summary>
    public sealed record Ask(Command What) : CallTurn;

    /// <summary>Wait for something to change in the conversation, then decide again.</summary>
    public sealed record Wait(TimeSpan AtMost) : CallTurn;
}
