using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Health;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Sending;

/// <summary>Carries one attempt out: asks the delivery grain, keeps the channel's rules, sends, and says what came of it.</summary>
/// <param name="wait">How long to wait before the next attempt, after so many.</param>
public sealed partial class MessageSender(IGrainClient grains, ChannelAccounts accounts, Func<int, TimeSpan> wait, TimeProvider time, ILogger<MessageSender> logger)
{
    /// <summary>Where it reports how its accounts do.</summary>
    public ChannelHealth Health { get; init; } = new(time);

    /// <returns>What is told to the delivery grain; null where the attempt is over.</returns>
    public async Task<FinishAttempt?> AttemptAsync(SendOut work, CancellationToken cancellation)
    {
        var begin = new BeginAttempt(work.MessageId, work.Attempt, Guid.NewGuid().ToString("n"));
        if (await grains.AskAsync(Grain.Delivery(work.ConversationId), begin, cancellation) is not AttemptPermit permit)
            return null;

        var outcome = await DecideAsync(work, permit, cancellation);
        var health = Health.Of(permit.Inbound.Account);
        if (outcome.NextAt is { } next)
            health.Waits(work.ConversationId, permit.QueuedAt, next);
        else
            health.WaitsNoMore(work.ConversationId);
        if (outcome.Kind is AttemptKind.Failed or AttemptKind.Unknown)
            LogNotSent(permit.Inbound.Account, work.ConversationId, work.MessageId, outcome.Kind, outcome.Reason);
        return new FinishAttempt(work.MessageId, work.Attempt, outcome);
    }

    private async Task<AttemptOutcome> DecideAsync(SendOut work, AttemptPermit permit, CancellationToken cancellation)
    {
        if (accounts.Find<ISendingAccount>(permit.Inbound.Account) is not { } account)
            return Postponed(permit, null, $"the account '{permit.Inbound.Account}' is not in channels.yaml", ChannelRules.None);
        if (permit.Message.Transcript is not null && account.Channel != ChannelNames.Email)
            return Postponed(permit, null, $"the account '{account.Name}' is no mailbox, which 'chat: transcripts_by' has to name", ChannelRules.None);

        var now = time.GetUtcNow();
        var check = RuleCheck.Of(account.Rules, permit, now);
        if (check is RuleCheck.Forbidden no && !permit.Uncertain)
            return new AttemptOutcome(AttemptKind.Failed, [], null, no.Reason);
        var message = new MessageToSend(work.ConversationId, permit.Inbound, permit.Message, permit.Accepted, check is RuleCheck.Allowed { OutsideWindow: true });
        if (permit.Uncertain && await FoundAsync(account, message, permit, cancellation) is { } found)
            return found;
        switch (check)
        {
            case RuleCheck.Forbidden forbidden:
                return new AttemptOutcome(AttemptKind.Failed, [], null, forbidden.Reason);
            case RuleCheck.NotBefore later:
                return new AttemptOutcome(AttemptKind.Held, [], later.At, later.Reason);
        }

        var health = Health.Of(account.Name);
        if (health.Breaker.OpenUntil() is { } until)
            return new AttemptOutcome(AttemptKind.Held, [], until, $"{account.Name} has failed several times in a row and is left alone until {until:HH:mm:ss} UTC");
        var begun = time.GetTimestamp();
        var outcome = await SendAsync(account, message, cancellation);
        health.Attempted(outcome, time.GetElapsedTime(begun));
        return outcome switch
        {
            SendOutcome.Accepted accepted => new AttemptOutcome(AttemptKind.Accepted, accepted.Parts, null, null),
            SendOutcome.Failed failed => new AttemptOutcome(AttemptKind.Failed, failed.Parts, null, failed.Reason),
            SendOutcome.Later later => Postponed(permit, later.After, later.Reason, account.Rules) with { ExternalIds = later.Parts },
            // Looked for at once, and by the next run if this process dies meanwhile.
            SendOutcome.Unknown unknown => After(unknown.Parts, await FoundAsync(account, message with { Accepted = permit.Accepted + unknown.Parts.Length }, permit, cancellation)
                ?? Postponed(permit, null, unknown.Reason, account.Rules)),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome of an attempt."),
        };
    }

    private async Task<SendOutcome> SendAsync(ISendingAccount account, MessageToSend message, CancellationToken cancellation)
    {
        try
        {
            return await account.SendAsync(message, cancellation);
        }
#pragma warning disable CA1031 // Whatever it is, it may have come after the other side took the message.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(fault, account.Name, message.ConversationId, message.Message.MessageId);
            return new SendOutcome.Unknown($"sending broke off ({fault.Message.TrimEnd('.')})");
        }
    }

    /// <summary>What was taken earlier in the same attempt counts too.</summary>
    private static AttemptOutcome After(ImmutableArray<string> taken, AttemptOutcome outcome) => outcome with { ExternalIds = [.. taken, .. outcome.ExternalIds] };

    /// <returns>What is to be told where the other side has the message or some of it, or nobody can tell; null where it surely has not got it.</returns>
    private async Task<AttemptOutcome?> FoundAsync(ISendingAccount account, MessageToSend message, AttemptPermit permit, CancellationToken cancellation)
    {
        SendTrace trace;
        try
        {
            trace = await account.FindAsync(message, cancellation);
        }
#pragma warning disable CA1031 // A search that fails tells nothing.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(fault, account.Name, message.ConversationId, message.Message.MessageId);
            trace = new SendTrace.NoWayToTell();
        }

        return trace switch
        {
            SendTrace.Found found => new AttemptOutcome(AttemptKind.Accepted, found.Parts, null, null),
            SendTrace.Partly some => Postponed(permit, null, "sending broke off after the first parts; the rest follows", account.Rules) with { ExternalIds = some.Parts },
            SendTrace.NotThere => null,
            _ => new AttemptOutcome(AttemptKind.Unknown, [], null, "sending broke off, and the other side can't be asked whether it took the message; it was not sent again"),
        };
    }

    private AttemptOutcome Postponed(AttemptPermit permit, TimeSpan? asked, string reason, ChannelRules rules)
    {
        var now = time.GetUtcNow();
        if (now - permit.QueuedAt >= rules.GiveUpAfter)
            return new AttemptOutcome(AttemptKind.Failed, [], null, $"given up after {permit.Attempts + 1} attempts: {reason}");
        var own = wait(permit.Attempts + 1);
        return new AttemptOutcome(AttemptKind.Later, [], now + (asked > own ? asked.Value : own), reason);
    }

    [LoggerMessage(LogLevel.Warning, "{Account}: message {MessageId} of {Conversation} ends as {Kind}: {Reason}")]
    private partial void LogNotSent(string account, string conversation, string messageId, AttemptKind kind, string? reason);

    [LoggerMessage(LogLevel.Error, "{Account}: sending message {MessageId} of {Conversation} broke off")]
    private partial void LogFault(Exception fault, string account, string conversation, string messageId);
}
