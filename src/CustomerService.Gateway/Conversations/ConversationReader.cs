using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Gateway.Waiting;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Explanations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Staff;

namespace CustomerService.Gateway.Conversations;

/// <summary>Reads conversations: from the grain where they stand, from the journal what was said.</summary>
internal sealed class ConversationReader(IGrainClient grains, IJournal journal, TypingSignals typing, ChannelGate gate, GatewayOptions options, LiveChatSettings chat)
{
    private const int PageLength = 256;

    /// <summary>The conversation, if this caller may see it.</summary>
    /// <exception cref="ProblemException">There is none, or none of theirs: the same answer for both.</exception>
    public async ValueTask<ConversationView> FindAsync(string id, Caller caller, CancellationToken cancellation)
    {
        var view = await grains.AskForAsync<ConversationView>(Grain.Conversation(id), new GetConversation(), cancellation);
        return view.Status != ConversationStatus.New && IsFor(view, caller) ? view : throw Problems.ConversationNotFound();
    }

    /// <summary>Whether the conversation is the caller's to read; one without messages is everyone's.</summary>
    public static bool IsFor(ConversationView view, Caller caller) => caller switch
    {
        Caller.Staff staff => staff.Member.May(Permission.SeeConversations),
        Caller.Visitor visitor => view.Status == ConversationStatus.New || (view.Channel == ChannelNames.Chat && view.Address == visitor.Id),
        _ => false,
    };

    /// <summary>What the customer is told about where it stands, in a language (ISO 639-1).</summary>
    public async ValueTask<ConversationStanding> StandingAsync(ConversationView view, string language, CancellationToken cancellation)
    {
        var place = IsInLine(view)
            ? await grains.AskForAsync<QueuePosition>(Grain.Queue(view.Queue!), new GetPosition(view.Id), cancellation)
            : null;
        var agent = view is { Status: ConversationStatus.Assigned or ConversationStatus.OnHold, AgentId: { } agentId }
            ? await grains.AskForAsync<AgentView>(Grain.Agent(agentId), new GetAgent(), cancellation)
            : null;
        return new ConversationStanding(
            NameOf(view.Status), view is { Status: ConversationStatus.Assistant, WaitingMessages: > 0 }, view.LastSequence, view.DeliveredUpTo,
            view.ReadUpTo, PlaceInLine.Of(place, options.CallbackOfferedFrom)?.In(language), agent?.Name, view.TicketId)
        {
            CallbackTo = view.Callback?.To,
            Rating = view.Rating?.Score,
            MailsTranscript = view.Channel == ChannelNames.Chat && view.Transcripts < MailTranscript.MostByCustomer && chat.Current.TranscriptsBy is not null ? true : null,
        };
    }

    /// <summary>Whether it waits in a queue's line, on offer or not.</summary>
    public static bool IsInLine([NotNullWhen(true)] ConversationView? view) =>
        view is { Status: ConversationStatus.Queued or ConversationStatus.Offered, Queue: not null };

    /// <summary>The messages after a sequence, at most <paramref name="limit"/>.</summary>
    public async ValueTask<ConversationPage> PageAsync(ConversationView view, long after, int limit, Caller caller, string language, CancellationToken cancellation)
    {
        var messages = ImmutableArray.CreateBuilder<ChatMessage>();
        var notes = ImmutableArray.CreateBuilder<PrivateNote>();
        var translations = new MessageTranslations();
        await foreach (var entry in EntriesAsync(view.Id, StartFor(after), cancellation))
        {
            var isMessage = ChatMessage.TryRead(entry, view.DeliveredUpTo, view.ReadUpTo, out var message);
            if (isMessage && message!.Sequence > view.LastSequence)
                break; // It came after the standing was read; a page of both must be of one moment.
            if (isMessage && message!.Sequence > after)
                messages.Add(message);
            else if (entry.Event is NoteAdded note)
                notes.Add(new PrivateNote(note.AgentId, note.Text, entry.At) { WhisperTo = note.WhisperTo });
            else
                translations.Read(entry.Event);
            if (messages.Count > limit)
                break;
        }

        var hasMore = messages.Count > limit;
        if (hasMore)
            messages.RemoveAt(messages.Count - 1);
        if (caller is not Caller.Staff)
            return new ConversationPage(view.Id, await StandingAsync(view, language, cancellation), messages.DrainToImmutable(), hasMore, Internal: null);

        var deliveries = view is { Account: null, Transcripts: 0 } ? null : await grains.AskForAsync<DeliveriesView>(Grain.Delivery(view.Id), new GetDeliveries(), cancellation);
        return new ConversationPage(
            view.Id, await StandingAsync(view, language, cancellation), messages.DrainToImmutable(), hasMore,
            InternalSideOf(view, notes.DrainToImmutable()) with
            {
                Translations = translations.All,
                Account = view.Account,
                Deliveries = deliveries is null ? null : MessageDelivery.Of(deliveries),
                Sending = deliveries is null ? null : gate.Outlook(deliveries),
            });
    }

    /// <summary>When and why what was said there was erased; null: nothing was, or somebody has written since.</summary>
    public async ValueTask<ErasedConversation?> FindErasureAsync(string id, CancellationToken cancellation)
    {
        if (await grains.AskForAsync<ConversationView>(Grain.Conversation(id), new GetConversation(), cancellation) is not { Status: ConversationStatus.New, LastSequence: > 0 })
            return null;
        ErasedConversation? last = null;
        await foreach (var entry in EntriesAsync(id, 0, cancellation))
            last = entry.Event is ConversationErased erased ? new ErasedConversation(entry.At, erased.Why) : last;
        return last;
    }

    /// <summary>The last messages, oldest first.</summary>
    public async ValueTask<IReadOnlyList<ChatMessage>> LastMessagesAsync(ConversationView view, int most, CancellationToken cancellation)
    {
        var messages = new Queue<ChatMessage>(most);
        await foreach (var entry in EntriesAsync(view.Id, StartFor(view.LastSequence - most), cancellation))
        {
            if (!ChatMessage.TryRead(entry, view.DeliveredUpTo, view.ReadUpTo, out var message))
                continue;
            if (messages.Count == most)
                messages.Dequeue();
            messages.Enqueue(message);
        }

        return [.. messages];
    }

    /// <summary>The file of that reference, if one of the conversation's messages has it.</summary>
    public async ValueTask<MessageAttachment?> FindAttachmentAsync(ConversationView view, string reference, CancellationToken cancellation)
    {
        await foreach (var entry in EntriesAsync(view.Id, 0, cancellation))
        {
            if (ChatMessage.TryRead(entry, 0, 0, out var message) && message.Attachments?.FirstOrDefault(file => file.Reference == reference && reference.Length > 0) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The customer's message of that sequence; null: there is none.</summary>
    public async ValueTask<Interaction?> FindReceivedAsync(ConversationView view, long sequence, CancellationToken cancellation)
    {
        await foreach (var entry in EntriesAsync(view.Id, StartFor(sequence - 1), cancellation))
        {
            if (entry.Event is MessageReceived received && received.MessageSequence >= sequence)
                return received.MessageSequence == sequence ? received.Interaction : null;
        }

        return null;
    }

    /// <summary>Waits until the conversation has something new for its reader, or the time is over.</summary>
    /// <param name="staff">Notes and translations are news too.</param>
    public async Task WaitForNewsAsync(ConversationView seen, long after, bool staff, CancellationToken until)
    {
        try
        {
            var caughtUp = false;
            using var signs = typing.Subscribe(seen.Id, _ => { }); // So that the answer knows who types elsewhere.
            await foreach (var batch in JournalFollower.FollowAsync(journal, Grain.Conversation(seen.Id), StartFor(after), until))
            {
                var isNews = batch.Any(entry =>
                    ChatMessage.TryRead(entry, 0, 0, out var message) ? message.Sequence > after : caughtUp && (staff || ChatMessage.ChangesStatus(entry.Event)));
                // What happened between the look at it and the following is not told apart from what was before.
                if (isNews || (batch.Count == 0 && !caughtUp && await HasMovedAsync(seen, until)))
                    return;
                caughtUp |= batch.Count == 0;
            }
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // Nothing came in time.
        }
    }

    private async ValueTask<bool> HasMovedAsync(ConversationView seen, CancellationToken cancellation)
    {
        var now = await grains.AskForAsync<ConversationView>(Grain.Conversation(seen.Id), new GetConversation(), cancellation);
        return (now.Status, now.StatusSince, now.Queue, now.AgentId, now.Callback) != (seen.Status, seen.StatusSince, seen.Queue, seen.AgentId, seen.Callback);
    }

    /// <summary>What the pipeline did, newest run last.</summary>
    public async ValueTask<ConversationTrace> TraceAsync(string id, CancellationToken cancellation)
    {
        var runs = ImmutableArray.CreateBuilder<TracedRun>();
        var suggestions = ImmutableArray.CreateBuilder<TracedSuggestion>();
        await foreach (var entry in EntriesAsync(id, 0, cancellation))
        {
            switch (entry.Event)
            {
                case RunCompleted run:
                    runs.Add(new TracedRun(run.MessageId, entry.At, run.Channel, run.ResolutionType, run.Seconds, run.Signals, null, ParsedTrace(run.Trace)));
                    break;
                case RunFailed run:
                    runs.Add(new TracedRun(run.MessageId, entry.At, run.Channel, ResolutionTypes.ErrorFallback, run.Seconds, null, run.Reason, null));
                    break;
                case SuggestionUsed used:
                    suggestions.Add(new TracedSuggestion(used.Suggestion.Id, entry.At, used.AgentId, used.MessageId, used.Suggestion.Outcome, used.Suggestion.Change, used.Suggestion.Confidence, used.Suggestion.Sources));
                    break;
            }
        }

        return new ConversationTrace(id, runs.DrainToImmutable()) { Suggestions = suggestions.Count == 0 ? null : suggestions.DrainToImmutable() };
    }

    /// <summary>Why it went where it went; for one that waits, also who is considered now.</summary>
    public async ValueTask<Explanation> ExplainAsync(ConversationView view, CancellationToken cancellation)
    {
        var explanation = await ExplanationBuilder.ReadAsync(journal, view.Id, cancellation);
        var now = IsInLine(view)
            ? await grains.AskAsync(Grain.Queue(view.Queue!), new ExplainMatch(view.Id), cancellation) as MatchView
            : null; // It may have left the line since; then the queue has nothing to say.
        return explanation with { Now = now };
    }

    /// <summary>A message's sequence counts messages only, the journal's counts all events: it is never smaller.</summary>
    public static long StartFor(long afterMessage) => Math.Max(0, afterMessage);

    private async IAsyncEnumerable<JournalEntry> EntriesAsync(
        string id, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> page;
        while ((page = await journal.ReadAsync(Grain.Conversation(id), after, PageLength, cancellation)).Count > 0)
        {
            foreach (var entry in page)
                yield return entry;
            after = page[^1].Sequence;
        }
    }

    private InternalSide InternalSideOf(ConversationView view, ImmutableArray<PrivateNote> notes) => new(
        view.Channel, view.Address, view.CustomerId, view.Queue, view.AgentId, view.LastSignals, view.Handoff, notes,
        typing.LastAt(view.Id, TypingSide.Customer))
    {
        State = view.Status,
        StateSince = view.StatusSince,
        WaitingSince = view.WaitingSince,
        OfferedTo = view.OfferedTo,
        Tier = view.Tier,
        Clocks = view.Clocks,
        SnoozedUntil = view.SnoozedUntil,
        LegalHold = view.LegalHold,
        Callback = view.Callback,
        TransferTo = view.TransferTo,
        CustomerLanguage = view.CustomerLanguage,
        Replies = view.Replies.IsEmpty ? null : [.. view.Replies.Select(HeldReply.Of)],
    };

    private static JsonElement? ParsedTrace(string? trace)
    {
        if (trace is null)
            return null;
        using var document = JsonDocument.Parse(trace);
        return document.RootElement.Clone();
    }

    private static string NameOf(ConversationStatus status) => status switch
    {
        ConversationStatus.New => "new",
        ConversationStatus.Assistant => "assistant",
        ConversationStatus.Queued or ConversationStatus.Offered => "queued",
        ConversationStatus.Assigned => "assigned",
        ConversationStatus.OnHold => "on_hold",
        ConversationStatus.Snoozed => "snoozed",
        ConversationStatus.Resolved or ConversationStatus.WrapUp => "resolved",
        ConversationStatus.Closed => "closed",
        _ => throw new System.Diagnostics.UnreachableException($"A conversation's status {status} has no name."),
    };
}
