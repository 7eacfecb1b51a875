using System.Collections.Immutable;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Visitors;
using CustomerService.Gateway.Waiting;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Webhooks;

/// <summary>Shows a call what stands in its conversation, and waits where the call is told to; <see cref="ICallAccount"/> decides, and says how.</summary>
internal sealed class CallAnswering(IGrainClient grains, ConversationReader reader, TimeProvider time)
{
    /// <summary>More than are ever said in one go.</summary>
    private const int MostNews = 20;

    /// <summary>A call that asks more is a bug, and must not hold the provider's line.</summary>
    private const int MostQuestions = 2;

    public async Task<WebhookAnswer> AnswerAsync(ICallAccount account, CallRequest call, CancellationToken cancellation)
    {
        var conversation = Grain.Conversation(call.ConversationId);
        foreach (var report in call.Reports)
            await grains.AskAsync(conversation, report, cancellation);

        Reply? outcome = null;
        var waitedOut = false;
        DateTimeOffset? until = null;
        for (var questions = 0; questions <= MostQuestions;)
        {
            var view = await grains.AskForAsync<ConversationView>(conversation, new GetConversation(), cancellation);
            switch (account.Decide(call, await LookAsync(view, call, cancellation) with { Outcome = outcome, WaitedOut = waitedOut }))
            {
                case CallTurn.Answer answer:
                    return answer.What;
                case CallTurn.Ask ask:
                    outcome = await grains.AskAsync(conversation, ask.What, cancellation);
                    questions++;
                    break;
                case CallTurn.Wait wait:
                    // What happens in a conversation is not always news for the caller: waiting again does not prolong it.
                    var end = time.GetUtcNow() + wait.AtMost;
                    until = until < end ? until : end;
                    waitedOut = await WaitAsync(view, call, until.Value, cancellation);
                    break;
            }
        }

        throw new InvalidOperationException($"The call of {call.ConversationId} does not come to an answer.");
    }

    private async Task<ConversationSight> LookAsync(ConversationView view, CallRequest call, CancellationToken cancellation)
    {
        if (view.Status == ConversationStatus.New)
            return new ConversationSight(view.Status, []); // nothing was said yet

        var standing = await reader.StandingAsync(view, call.Language, cancellation);
        var page = await reader.PageAsync(view, call.After, MostNews, Caller.Staff.Inside, call.Language, cancellation);
        return new ConversationSight(view.Status, [.. page.Messages.Where(message => message.Author != "customer").Select(message => new CallNews(message.Sequence, message.Text))])
        {
            AgentId = view.AgentId,
            Queue = view.Queue,
            Place = standing.Queue is { } place ? new CallPlace(place.Position, place.Words, OffersCallback(place, call), place.OpensAt is not null) : null,
            CallbackTo = view.Callback?.To,
            Brief = view.Handoff?.Summary,
        };
    }

    /// <summary>Waiting by telephone is dearer than in a chat: from when on it is offered, the account says.</summary>
    private static bool OffersCallback(PlaceInLine place, CallRequest call) => place.OpensAt is not null
        ? place.OffersCallback
        : call.CallbackFrom == TimeSpan.Zero || place.EstimatedWaitSeconds >= call.CallbackFrom.TotalSeconds;

    /// <returns>Whether nothing came in time.</returns>
    private async Task<bool> WaitAsync(ConversationView seen, CallRequest call, DateTimeOffset until, CancellationToken cancellation)
    {
        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return true;
        using var patience = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        await reader.WaitForNewsAsync(seen, Math.Max(call.After, seen.LastSequence), staff: false, either.Token);
        cancellation.ThrowIfCancellationRequested();
        return patience.IsCancellationRequested;
    }
}
