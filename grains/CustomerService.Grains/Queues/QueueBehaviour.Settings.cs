using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

// What the owner, a supervisor and the clock change: the policy, a pause, and what is due.
public sealed partial class QueueBehaviour
{
    private const int MaxToldPerTurn = 500;

    private static Turn<QueueState> Configure(QueueTurn turn, QueuePolicy policy)
    {
        if (WhyWrong(policy) is { } fault)
            return Turn.Unchanged(turn.State, Reply.Refuse("policy_invalid", fault));
        if (JsonNode.DeepEquals(AsJson(turn.Policy), AsJson(policy)))
            return turn.End();

        turn.State = turn.State with { Policy = policy, Floor = turn.Floor.With(policy) };
        turn.Do(QueueEntries.Of(policy));
        turn.Record(new QueueConfigured(policy));
        MatchAll(turn);
        return turn.End();
    }

    private static JsonNode? AsJson(QueuePolicy policy) => JsonSerializer.SerializeToNode(policy, GrainsJson.Default.QueuePolicy);

    private static string? WhyWrong(QueuePolicy policy) => policy switch
    {
        { OfferSeconds: not (> 0 and <= 86_400) } => "An offer lasts more than 0 and at most 86400 seconds; set offerSeconds so.",
        { OfferTo: < 1 or > 50 } => "A conversation is offered to 1 to 50 agents at once; set offerTo so.",
        { MaxWaiting: < 0 } or { MaxOffers: < 0 } => "A limit is 0 (none) or above; set maxWaiting and maxOffers so.",
        { PriorityPointSeconds: not (>= 0 and <= 31_536_000) } => "A point of priority counts as 0 seconds to a year; set priorityPointSeconds so.",
        _ => null,
    };

    private static void Pause(QueueTurn turn, PauseQueue pause)
    {
        if (turn.State.Pause is { } old && old.By == pause.By && old.Reason == pause.Reason)
            return;
        turn.State = turn.State with { Pause = new QueuePause(pause.By, pause.Reason, turn.State.Pause?.Since ?? turn.Now) };
        turn.Record(new QueuePaused(pause.By, pause.Reason));
    }

    private static void Resume(QueueTurn turn, ResumeQueue resume)
    {
        if (turn.State.Pause is null)
            return;
        turn.State = turn.State with { Pause = null, ResumedAt = turn.Now };
        turn.Record(new QueueResumed(resume.By));
        MatchAll(turn);
    }

    /// <summary>Whatever time alone has brought: leases that ran out, relaxations, delays, openings and closings.</summary>
    private static void Review(QueueTurn turn)
    {
        turn.State = turn.State with { ReviewAt = null };
        ExpireAll(turn);
        MatchAll(turn);
    }

    /// <summary>After what may have changed the match of anybody.</summary>
    private static void MatchAll(QueueTurn turn)
    {
        if (turn.IsClosed)
            TellAllClosed(turn);
        Relax(turn);
        FillAll(turn);
    }

    private static void TellAllClosed(QueueTurn turn)
    {
        var untold = turn.Floor.Head(turn.Floor.Count).Where(waiting => !waiting.ToldClosed && waiting.Pending.IsEmpty).Take(MaxToldPerTurn).ToImmutableArray();
        foreach (var waiting in untold)
            TellClosed(turn, waiting);
        turn.GoesOn |= untold.Length == MaxToldPerTurn;
    }

    /// <summary>Takes the relaxation steps that are due, tells each conversation, and offers those out for whom it may matter.</summary>
    private static void Relax(QueueTurn turn)
    {
        var before = turn.Floor;
        var (floor, relaxed) = before.Advance(turn.Now);
        if (relaxed.IsEmpty)
            return;

        var steps = relaxed.Select(each => (Before: before.Find(each.ConversationId)!, each.Step)).ToImmutableArray();
        turn.Advanced(floor, relaxed.Select(each => each.ConversationId));
        foreach (var (waiting, step) in steps)
        {
            var what = string.Join("; ", turn.Policy.Relaxation[waiting.Relaxed..step].Select(Words));
            turn.TellConversation(waiting.ConversationId, new NoteRelaxed(turn.State.Name, waiting.Hop, what));
        }

        // Who asks for less now must not overtake those before them.
        FillAll(turn);
    }

    private static string Words(RelaxationStep step)
    {
        var dropped = step.Drop.OrEmpty();
        string[] words =
        [
            .. step.DropAll ? ["nothing is asked any more"] : Array.Empty<string>(),
            .. step.LowerBy > 0 && !step.DropAll ? [$"levels are lowered by {step.LowerBy}"] : Array.Empty<string>(),
            .. !dropped.IsEmpty && !step.DropAll ? [$"no longer asked: {string.Join(", ", dropped)}"] : Array.Empty<string>(),
        ];
        return string.Create(CultureInfo.InvariantCulture, $"after {step.AfterSeconds:0.###} s, {string.Join(" and ", words)}");
    }
}
