using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Deliveries;

// What the other side says became of messages. It comes in any order, more than once, and sometimes before the answer to the sending itself.
public sealed partial class DeliveryBehaviour
{
    private static Turn<DeliveryState> Note(DeliveryState state, NoteReceipt receipt, DateTimeOffset now)
    {
        // Whoever has it has taken it, whatever became of the answer that should have said so.
        if (receipt.MessageId is { } id && state.Waiting is [{ Run: not null } head, ..] && head.Message.MessageId == id)
        {
            var ids = receipt.ExternalId is { } external ? head.Accepted.OrEmpty().Add(external) : head.Accepted.OrEmpty();
            return Ended(state, Outcome(head.Message, receipt.Status, now, receipt.Reason) with { ExternalIds = ids });
        }

        var next = state;
        var news = ImmutableArray.CreateBuilder<Effect>();
        foreach (var sent in state.Sent)
        {
            if (!IsMeant(sent, receipt) || !IsNews(sent.Status, receipt.Status))
                continue;
            next = next with { Sent = next.Sent.Replace(sent, sent with { Status = receipt.Status, Reason = receipt.Reason }) };
            news.Add(Told(state, sent.Sequence, sent.MessageId, receipt.Status, receipt.Reason));
        }

        return news.Count == 0 ? Turn.Unchanged(state, Reply.Done) : Turn.Of(next, Reply.Done, news.DrainToImmutable());
    }

    private static bool IsMeant(FinishedDelivery sent, NoteReceipt receipt) => receipt switch
    {
        { MessageId: { } own } => sent.MessageId == own,
        { ExternalId: { } theirs } => sent.ExternalIds.OrEmpty().Contains(theirs),
        { UpTo: { } until } => sent.At <= until && sent.Status is DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read,
        _ => false,
    };

    /// <summary>A message only ever gets further. What has arrived can't fail any more; what failed may turn out to have arrived.</summary>
    private static bool IsNews(DeliveryStatus before, DeliveryStatus now) => now switch
    {
        DeliveryStatus.Read => before != DeliveryStatus.Read,
        DeliveryStatus.Delivered => before is not (DeliveryStatus.Delivered or DeliveryStatus.Read),
        DeliveryStatus.Failed => before is DeliveryStatus.Sent or DeliveryStatus.Unknown or DeliveryStatus.Queued,
        DeliveryStatus.Sent => before is DeliveryStatus.Unknown or DeliveryStatus.Queued,
        _ => false,
    };

    /// <summary>A receipt was faster than the answer to the sending: the ids come now.</summary>
    private static Turn<DeliveryState> NoteIds(DeliveryState state, FinishAttempt finish)
    {
        var ids = finish.Outcome.ExternalIds.OrEmpty();
        if (state.Sent.Find(each => each.MessageId == finish.MessageId) is not { } sent || ids.All(sent.ExternalIds.OrEmpty().Contains))
            return Turn.Unchanged(state, Reply.Done);
        return Turn.Of(state with { Sent = state.Sent.Replace(sent, sent with { ExternalIds = [.. sent.ExternalIds.OrEmpty().Union(ids)] }) }, Reply.Done);
    }
}
