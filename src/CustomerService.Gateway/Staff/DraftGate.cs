using System.Collections.Immutable;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Staff;

/// <summary>Lets people's messages through the owner's rules: reviews drafts, and holds back what must not be sent.</summary>
/// <param name="review">Null: every message goes out as it is.</param>
internal sealed class DraftGate(IGrainClient grains, ConversationReader reader, IDraftReview? review)
{
    private const int MessagesSeen = 12;

    /// <summary>What is to be said of a draft.</summary>
    /// <exception cref="ProblemException">There are no rules to hold it against.</exception>
    public async ValueTask<DraftReview> ReviewAsync(ConversationView conversation, string text, CancellationToken cancellation) => review is null
        ? throw Problems.NotFound("no_draft_review", "This process has no rules to hold drafts against.")
        : await review.ReviewAsync(await DraftAsync(conversation, text, null, cancellation), cancellation);

    /// <summary>Why a message goes out all the same; null where nothing is held against it.</summary>
    /// <exception cref="ProblemException">It must not go out; that it was held is in the conversation's journal.</exception>
    public async ValueTask<DraftOverride?> PassAsync(string id, DraftToSend draft, CancellationToken cancellation)
    {
        if (review is null)
            return null;
        var conversation = await grains.AskForAsync<ConversationView>(Grain.Conversation(id), new GetConversation(), cancellation);
        if (conversation.AgentId != draft.AgentId)
            return null; // Not theirs to answer, which the conversation itself says.
        var verdict = await review.ReviewAsync(await DraftAsync(conversation, draft.Text, draft.Language, cancellation), cancellation);
        ImmutableArray<string> blocking = [.. verdict.Findings.Where(finding => finding.Blocks).Select(finding => finding.Kind).Distinct()];
        if (blocking.IsEmpty)
            return null;
        var final = verdict.Findings.Any(finding => finding.Final);
        if (draft.Anyway && !final)
        {
            return string.IsNullOrWhiteSpace(draft.Reason)
                ? throw Problems.InvalidField("reason", "The field 'reason' is missing: why it is sent although the review advises against it.")
                : new DraftOverride(blocking, review.Redacted(draft.Reason));
        }

        await grains.AskForAsync<Done>(Grain.Conversation(id), new NoteDraftHeld(draft.AgentId, blocking) { Id = Ids.New("d") }, cancellation);
        throw Problems.DraftHeld(verdict, final);
    }

    private async ValueTask<Draft> DraftAsync(ConversationView conversation, string text, string? language, CancellationToken cancellation)
    {
        var messages = await reader.LastMessagesAsync(conversation, MessagesSeen, cancellation);
        ImmutableArray<string> By(string author) => [.. messages.Where(message => message.Author == author).Select(message => message.Text)];
        var signals = conversation.LastSignals ?? MessageSignals.Unknown;
        return new Draft(text, conversation.Channel)
        {
            Language = language ?? (signals.Language == MessageSignals.Unknown.Language ? null : signals.Language),
            Tier = conversation.Handoff?.Tier,
            Intent = signals.Intent == MessageSignals.Unknown.Intent ? null : signals.Intent,
            Sentiment = signals.Sentiment,
            Customer = By("customer"),
            People = By("agent"),
            Assistant = By("assistant"),
        };
    }
}

/// <summary>A message that an agent sends.</summary>
/// <param name="Language">What it is written in; null: the customer's.</param>
/// <param name="Anyway">Although the review held it back, for a reason.</param>
internal sealed record DraftToSend(string AgentId, string Text, string? Language, bool Anyway, string? Reason);
