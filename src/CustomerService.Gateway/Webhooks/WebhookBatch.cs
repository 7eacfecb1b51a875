using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Gateway.Errors;

namespace CustomerService.Gateway.Webhooks;

/// <summary>Takes what one request brought, in its order: what one sender wrote first comes first.</summary>
internal sealed class WebhookBatch(IChannelIntake intake, WebhookLimits limits)
{
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Who sends too fast, or more than is answered yet, waits, and nobody else: the others' messages are taken, and known when the provider brings the whole request again.
    /// </summary>
    /// <exception cref="ProblemException">Some of it was put off.</exception>
    public async Task TakeAsync(IEnumerable<(IWebhookAccount Account, ImmutableArray<ChannelEvent> Events)> brought, CancellationToken cancellation)
    {
        var waits = new Dictionary<(string Account, string Sender), TimeSpan?>();
        foreach (var (account, events) in brought)
        {
            foreach (var what in events)
            {
                if (what is not ChannelEvent.Message message)
                {
                    await intake.AcceptAsync(account, what, cancellation);
                    continue;
                }

                var sender = (account.Name, message.Interaction.Address);
                if (!waits.TryGetValue(sender, out var wait))
                    waits[sender] = wait = limits.CountSender(account, message.Interaction.Address);
                if (wait is null && (await intake.AcceptAsync(account, message, cancellation)).Later)
                    waits[sender] = UntilAnswered;
            }
        }

        if (waits.Values.Max() is { } longest)
            throw Problems.TooManyRequests(longest);
    }
}
