using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Staff;

/// <summary>
/// Says what a conversation's channel would take now. So people learn while the text is still in front of them that it would not go out; the sending itself holds to the same rules
/// once more, when its time has come.
/// </summary>
/// <param name="accounts">Null: this process knows none, and everything passes.</param>
internal sealed class ChannelGate(IGrainClient grains, TimeProvider time, ChannelAccounts? accounts)
{
    /// <exception cref="ProblemException">The channel would not take it.</exception>
    public async ValueTask PassAsync(string id, string agentId, Outbound draft, CancellationToken cancellation)
    {
        if (accounts is null)
            return;
        var conversation = await grains.AskForAsync<ConversationView>(Grain.Conversation(id), new GetConversation(), cancellation);
        if (conversation.Account is null || conversation.AgentId != agentId)
            return; // Nothing is sent, or it is not theirs to answer, which the conversation itself says.
        var deliveries = await grains.AskForAsync<DeliveriesView>(Grain.Delivery(id), new GetDeliveries(), cancellation);
        if (IsKnown(deliveries, draft.MessageId))
            return; // It was accepted, when it still could go out.
        if (WhyNot(deliveries, draft) is { } reason)
            throw Problems.ChannelRefuses(reason);
    }

    /// <summary>What a person could send now; null: this process does not know the account.</summary>
    public SendingOutlook? Outlook(DeliveriesView deliveries)
    {
        if (AccountOf(deliveries) is not { } account)
            return null;
        var (rules, inbound) = (account.Rules, deliveries.Inbound!);
        var check = Check(account, deliveries, new Outbound(0, "", Author.Agent, "", null));
        return new SendingOutlook(check is not RuleCheck.Forbidden)
        {
            Reason = check switch { RuleCheck.Forbidden no => no.Reason, RuleCheck.NotBefore later => later.Reason, _ => null },
            NotBefore = check is RuleCheck.NotBefore { At: var at } ? at : null,
            FreelyUntil = rules.ReplyWindow is { } window ? inbound.ReceivedAt + window : null,
            AtMostUntil = rules.HasTemplate || rules.ReplyWindow is null ? null : inbound.ReceivedAt + (rules.AgentReplyWindow ?? rules.ReplyWindow),
            MaxCharacters = rules.MaxCharacters,
            MaxAttachments = rules.MaxAttachments,
            MaxAttachmentBytes = rules.MaxAttachmentBytes,
            MediaTypes = rules.MediaTypes.IsEmpty ? null : rules.MediaTypes,
        };
    }

    private string? WhyNot(DeliveriesView deliveries, Outbound draft) => AccountOf(deliveries) is not { } account ? null : Check(account, deliveries, draft) switch
    {
        RuleCheck.Forbidden no => no.Reason,
        RuleCheck.Allowed { OutsideWindow: true } => account.WhyNotOutsideWindow(draft),
        _ => null,
    };

    private RuleCheck Check(ISendingAccount account, DeliveriesView deliveries, Outbound draft)
    {
        var now = time.GetUtcNow();
        return RuleCheck.Of(account.Rules, new AttemptPermit(deliveries.Inbound!, draft, Uncertain: false, 0, 0, now, deliveries.OptedOut), now);
    }

    private ISendingAccount? AccountOf(DeliveriesView deliveries) => deliveries.Inbound is { } inbound ? accounts?.Find<ISendingAccount>(inbound.Account) : null;

    private static bool IsKnown(DeliveriesView deliveries, string messageId) =>
        deliveries.Waiting.Any(each => each.Message.MessageId == messageId) || deliveries.Sent.Any(each => each.MessageId == messageId);
}

/// <summary>What a person could send to the customer now, by the rules of the channel.</summary>
/// <param name="Allowed">False: nothing goes out, and the reason says what to do.</param>
public sealed record SendingOutlook(bool Allowed)
{
    /// <summary>Why not, or why later.</summary>
    public string? Reason { get; init; }

    /// <summary>What is sent now waits until then, such as the end of quiet hours.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when anything may be written; later only a template, or what is marked as written by a person. Left out: always.</summary>
    public DateTimeOffset? FreelyUntil { get; init; }

    /// <summary>Until when a person may write at all. Left out: always.</summary>
    public DateTimeOffset? AtMostUntil { get; init; }

    public int? MaxCharacters { get; init; }

    public int? MaxAttachments { get; init; }

    /// <summary>Of one file.</summary>
    public long? MaxAttachmentBytes { get; init; }

    /// <summary>Types of files that may be sent, such as <c>image/*</c>. Left out: all.</summary>
    public ImmutableArray<string>? MediaTypes { get; init; }
}
