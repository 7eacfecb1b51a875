using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Reporting.Figures;

/// <summary>What a conversation's events make of its cases. The journal alone decides: read as it grows or again from its beginning, the cases end the same.</summary>
internal static class CaseFold
{
    private static readonly ImmutableHashSet<string> Courtesies = ["greeting", "goodbye", "thanks", "identity_details", "unknown"];

    /// <summary>The case after one more event of its conversation; a case of another number than <paramref name="current"/> is a new one. Null: there is none yet.</summary>
    public static CaseRow? After(CaseRow? current, JournalEntry entry) => (current, entry.Event) switch
    {
        (null or { Closed: true }, MessageReceived message) => Received(
            new CaseRow { ConversationId = entry.Grain.Key, Number = (current?.Number ?? 0) + 1, OpenedAt = entry.At, Channel = message.Interaction.Channel }, entry.At),
        (null, _) => null,
        ({ } row, MessageReceived) => Received(row, entry.At),
        ({ } row, MessageSent message) => Sent(row, message, entry.At),
        ({ } row, CustomerSpokenWith call) => Answered(row, call.AgentId, entry.At),
        ({ } row, RunCompleted run) => Understood(row, run.Signals),
        ({ } row, MessageCorrected correction) => row with { Intent = correction.Intent, Language = correction.Language ?? row.Language },
        ({ } row, HandedOff handoff) => row with { HandedOffAt = row.HandedOffAt ?? entry.At, Handoffs = row.Handoffs + 1, Tier = handoff.Package.Tier ?? row.Tier },
        ({ } row, QueueEntered queue) => row with { Queue = queue.Queue, HandedOffAt = row.HandedOffAt ?? entry.At },
        ({ } row, AgentAssigned assigned) => row with { Parts = row.Parts.Add(new CasePart { AgentId = assigned.AgentId, From = entry.At, HeldSince = entry.At }) },
        ({ } row, StatusChanged change) => Moved(row, change.To, entry.At),
        ({ } row, SuggestionUsed { Suggestion.Outcome: SuggestionOutcomes.Rejected } left) => LastPartOf(row, left.AgentId, part => part with { SuggestionsLeft = part.SuggestionsLeft + 1 }),
        ({ } row, SuggestionUsed taken) => LastPartOf(row, taken.AgentId, part => part with { SuggestionsTaken = part.SuggestionsTaken + 1 }),
        ({ } row, WrappedUp wrapUp) => LastPartOf(row, wrapUp.AgentId, part => Held(part, entry.At)),
        ({ } row, ConversationReopened) => row with { Reopenings = row.Reopenings + 1 },
        ({ } row, ConversationRated rated) => LastPartOf(row with { Rating = rated.Score }, rated.AgentId, part => part with { Rating = rated.Score }),
        ({ } row, ServiceClockStopped { Kind: ServiceClocks.FirstResponse, Unanswered: false } clock) => clock.Met
            ? row with { PromisesKept = row.PromisesKept + 1 }
            : row with { PromisesBroken = row.PromisesBroken + 1 },
        var (row, _) => row,
    };

    private static CaseRow Received(CaseRow row, DateTimeOffset at) => row with { CustomerMessages = row.CustomerMessages + 1, UnansweredSince = row.UnansweredSince ?? at };

    private static CaseRow Sent(CaseRow row, MessageSent message, DateTimeOffset at) => message.Author switch
    {
        Author.Assistant => row with { AssistantMessages = row.AssistantMessages + 1, FirstResponseAt = row.FirstResponseAt ?? at, UnansweredSince = row.HandedOffAt is null ? null : row.UnansweredSince },
        Author.Agent => Answered(row with { PersonMessages = row.PersonMessages + 1 }, message.AgentId, at),
        _ => row,
    };

    private static CaseRow Answered(CaseRow row, string? agent, DateTimeOffset at)
    {
        var asked = row.UnansweredSince;
        row = row with { FirstResponseAt = row.FirstResponseAt ?? at, FirstPersonAt = row.FirstPersonAt ?? at, UnansweredSince = null };
        return LastPartOf(row, agent, part => part with
        {
            Messages = part.Messages + 1,
            ResponseSeconds = asked is { } since && part.ResponseSeconds.Length < CaseRow.MostResponses
                ? part.ResponseSeconds.Add((int)Math.Round((at - (since > part.From ? since : part.From)).TotalSeconds))
                : part.ResponseSeconds,
        });
    }

    private static CaseRow Understood(CaseRow row, MessageSignals signals) => row with
    {
        Language = signals.Language is "und" or "" ? row.Language : signals.Language,
        Intent = Courtesies.Contains(signals.Intent) ? row.Intent : signals.Intent,
        FirstSentiment = row.FirstSentiment ?? signals.Sentiment,
        LastSentiment = signals.Sentiment,
    };

    private static CaseRow Moved(CaseRow row, ConversationStatus to, DateTimeOffset at)
    {
        row = row with { SettledAt = to.IsSettled() ? row.SettledAt ?? at : null, Closed = to == ConversationStatus.Closed, UnansweredSince = to.IsSettled() ? null : row.UnansweredSince };
        if (row.Parts is not [.., var last])
            return row;
        var part = (to, last.HeldSince) switch
        {
            (ConversationStatus.Assigned or ConversationStatus.OnHold, null) => last with { HeldSince = at, End = PartEnd.None },
            (ConversationStatus.Assigned or ConversationStatus.OnHold, _) => last with { End = PartEnd.None },
            (ConversationStatus.WrapUp, { }) => last with { End = PartEnd.Settled }, // its time goes on until it is wrapped up
            (_, null) => last,
            _ => Held(last, at) with { End = last.End == PartEnd.Settled ? PartEnd.Settled : EndOf(to) },
        };
        return row with { Parts = row.Parts.SetItem(row.Parts.Length - 1, part) };
    }

    private static PartEnd EndOf(ConversationStatus to) => to switch
    {
        ConversationStatus.Snoozed => PartEnd.PutAway,
        ConversationStatus.WrapUp or ConversationStatus.Resolved or ConversationStatus.Closed => PartEnd.Settled,
        _ => PartEnd.PassedOn,
    };

    private static CasePart Held(CasePart part, DateTimeOffset until) =>
        part.HeldSince is { } since ? part with { HeldSince = null, HeldSeconds = part.HeldSeconds + (until - since).TotalSeconds } : part;

    private static CaseRow LastPartOf(CaseRow row, string? agent, Func<CasePart, CasePart> change)
    {
        for (var i = row.Parts.Length - 1; i >= 0; i--)
        {
            if (row.Parts[i].AgentId == agent)
                return row with { Parts = row.Parts.SetItem(i, change(row.Parts[i])) };
        }

        return row;
    }
}
