using System.Collections.Immutable;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Voice;

namespace CustomerService.Channels.Webhooks;

/// <summary>What a provider's request means.</summary>
public abstract record WebhookReading
{
    private WebhookReading()
    {
    }

    /// <summary>It is not genuine, or not for us; nothing of it was read.</summary>
    /// <param name="Status">401 or 403 for a signature that does not hold, 404, 405, 400 for what can't be read.</param>
    /// <param name="Reason">For the operator's log; callers learn no more than the status.</param>
    public sealed record Refused(int Status, string Reason) : WebhookReading;

    /// <summary>It is to be answered so, and says nothing else: a provider proving that we are there.</summary>
    public sealed record Answered(WebhookAnswer Answer) : WebhookReading;

    /// <summary>It is genuine.</summary>
    /// <param name="Events">What happened, in its order; empty where nothing of it concerns us.</param>
    /// <param name="Answer">What to answer when all of it is durable; null: 200 and nothing else.</param>
    public sealed record Genuine(ImmutableArray<ChannelEvent> Events, WebhookAnswer? Answer = null) : WebhookReading;

    /// <summary>It is genuine, and asks what to do in a call; only an <see cref="ICallAccount"/> gives it, which says how it is answered.</summary>
    public sealed record InCall(CallRequest Call) : WebhookReading;
}

/// <param name="MediaType">Such as <c>text/xml</c>.</param>
public sealed record WebhookAnswer(string MediaType, string Body);
