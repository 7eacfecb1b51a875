using System.CommandLine;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Explanations;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>conversations show ID</c>: one conversation, its transcript and what every task did. <c>conversations explain ID</c>: why it went where it went.</summary>
internal static class ConversationsCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The conversation's id." };
        var system = new WhichSystem();
        var show = new Command("show", "Show a conversation: messages, and for each what every task did.") { id }.With(system.Options);
        show.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            await ShowAsync(store, parsed.GetRequiredValue(id), cancellation);
            return 0;
        });
        var explain = new Command("explain", "Explain why a conversation went where it went: which queues, whom it was offered to and why, what was promised.") { id }.With(system.Options);
        explain.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            await ExplainAsync(store, parsed.GetRequiredValue(id), cancellation);
            return 0;
        });
        var command = new Command("conversations", "Look at conversations.");
        command.Subcommands.Add(ConversationsListCommand.Create());
        command.Subcommands.Add(show);
        command.Subcommands.Add(explain);
        return command;
    }

    private static async Task ExplainAsync(StoredSystem store, string id, CancellationToken cancellation)
    {
        var view = await FindAsync(store, id, cancellation);
        var explanation = await ExplanationBuilder.ReadAsync(store.Journal, id, cancellation);
        if (view is { Status: ConversationStatus.Queued or ConversationStatus.Offered, Queue: { } queue })
            explanation = explanation with { Now = await store.Grains.AskAsync(Grain.Queue(queue), new ExplainMatch(id), cancellation) as MatchView };
        Console.Write(ExplanationText.Of(explanation, TimeProvider.System.GetUtcNow()));
    }

    private static async Task<ConversationView> FindAsync(StoredSystem store, string id, CancellationToken cancellation) =>
        await store.Grains.AskAsync(Grain.Conversation(id), new GetConversation(), cancellation) switch
        {
            ConversationView { Status: not ConversationStatus.New } view => view,
            ConversationView { LastSequence: > 0 } => throw new CommandFailedException($"The conversation '{id}' was erased, and nobody has written there since."),
            _ => throw new CommandFailedException($"There is no conversation '{id}' in this system."),
        };

    private static async Task ShowAsync(StoredSystem store, string id, CancellationToken cancellation)
    {
        var view = await FindAsync(store, id, cancellation);
        Console.WriteLine($"conversation {view.Id}  {view.Status}  {view.Channel} {view.Address}  customer {view.CustomerId}  ticket {view.TicketId ?? "-"}");
        if (view.Handoff is { } handoff)
            Console.WriteLine($"  queue {view.Queue}, priority {handoff.Priority}: {handoff.Reason}\n  {handoff.Summary.ReplaceLineEndings("\n  ")}");
        for (long after = 0; ;)
        {
            var entries = await store.Journal.ReadAsync(Grain.Conversation(id), after, 500, cancellation);
            if (entries.Count == 0)
                return;
            foreach (var entry in entries)
                Console.WriteLine($"\n{entry.At:yyyy-MM-dd HH:mm:ss.fff}  {Line(entry.Event)}");
            after = entries[^1].Sequence;
        }
    }

    private static string Line(Grains.Journal.JournalEvent happened) => happened switch
    {
        MessageReceived m => $"customer #{m.MessageSequence}: {m.Interaction.Content}",
        MessageSent m => $"{m.Author.ToString().ToLowerInvariant()}{(m.AgentId is null ? "" : " " + m.AgentId)} #{m.MessageSequence}: {m.Text}{(m.Sources.IsEmpty ? "" : $"\n    sources: {string.Join(", ", m.Sources)}")}",
        RunCompleted r => $"run: {r.ResolutionType}, {r.Signals.Intent} {r.Signals.Confidence:0.00}, sentiment {r.Signals.Sentiment:0.00}, {r.Seconds:0.000} s\n{Trace(r.Trace)}",
        RunFailed r => $"run failed: {r.Reason}",
        HandedOff h => $"handed to queue {h.Package.Queue}, priority {h.Package.Priority}: {h.Package.Reason}",
        AgentAssigned a => $"assigned to {a.AgentId} by offer {a.OfferId}",
        DraftHeld d => $"a draft of {d.AgentId} was held back: {string.Join(", ", d.Kinds)}",
        DraftSentAnyway d => $"{d.AgentId} sent {d.MessageId} in spite of {string.Join(", ", d.Kinds)}: {d.Reason}",
        NoteAdded n => $"note by {n.AgentId}: {n.Text}",
        MessageCorrected m => $"#{m.MessageSequence} was {m.Intent}, says {m.By}",
        MessageTranslated { IsOriginal: true } t => $"#{t.MessageSequence} was written in {t.To}, and put into {t.From} by {t.Provider}: {t.Text}",
        MessageTranslated t => $"#{t.MessageSequence} in {t.To}, by {t.Provider}: {t.Text}",
        MessageNotTranslated t => $"#{t.MessageSequence} is not translated to {t.To}: {t.Reason}",
        ReplyHeld h => $"reply {h.MessageId} by {h.AgentId} is held for its translation to {h.To}: {h.Text}",
        ReplyNotTranslated n => $"reply {n.MessageId} by {n.AgentId} is not translated: {n.Reason}",
        ReplyCancelled c => $"reply {c.MessageId} cancelled by {c.By}",
        ConversationResolved r => $"resolved by {r.By}",
        ConversationReopened => "opened again",
        ReceiptReported r => $"{r.Status} up to #{r.UpToSequence}",
        IdentityProven p => $"proved to be {p.CustomerId} ({p.Level})",
        ToolCalled t => $"{t.By} called {t.Tool}: {t.Outcome}",
        StatusChanged s => $"{ExplanationText.Words(s.To)}: {s.Reason}",
        QueueEntered q => $"in the line of {q.Queue}, priority {q.Priority}: {q.Why}",
        QueueLeft q => $"left the line of {q.Queue}: {q.Why}",
        OfferExplained o => $"offer {o.OfferId} to {o.AgentId}: {o.Match?.Why}",
        OfferOver o => $"offer {o.OfferId} to {o.AgentId} ended: {o.Outcome}{(string.IsNullOrEmpty(o.Reason) ? "" : $" ({o.Reason})")}",
        NeedsRelaxed n => $"less is asked in {n.Queue}: {n.What}",
        Escalated e => $"escalated from {e.FromQueue} to {e.ToQueue} by {e.By}: {e.Reason}",
        PriorityChanged p => $"priority {p.Priority} by {p.By}: {p.Reason}",
        CallbackRequested c => $"call back to {c.To} asked for by {c.By}",
        CalledBack c => $"call {c.Attempts} by {c.AgentId}: {(c.Reached ? "reached" : "nobody there")}",
        WrappedUp w => $"paperwork done by {w.AgentId}{(w.Code is null ? "" : $", code {w.Code}")}{(w.Note is null ? "" : $": {w.Note}")}",
        ConversationRated r => $"rated {r.Score} of 5{(r.Comment is null ? "" : $": {r.Comment}")}",
        ServiceClockStarted c => $"promise {c.Kind}: within {Durations.Words(c.TargetSeconds)}, due {c.DueAt:HH:mm:ss}",
        ServiceClockStopped { Met: true, Unanswered: true } c => $"promise {c.Kind} settled without a reply after {Durations.Words(c.SpentSeconds)}",
        ServiceClockStopped c => $"promise {c.Kind} {(c.Met ? "kept" : "broken")} after {Durations.Words(c.SpentSeconds)}",
        ServiceClockPaused c => $"promise {c.Kind} {(c.Running ? "runs on" : "stands still")} after {Durations.Words(c.SpentSeconds)}",
        ServiceClockMoved c => $"promise {c.Kind} is due {(c.DueAt is { } due ? $"{due:HH:mm:ss}" : "never")} under other terms",
        ServiceWarned w => $"promise {w.Kind} is nearly due: {w.DueAt:HH:mm:ss}",
        ServiceBreached b => $"promise {b.Kind} broken",
        _ => happened.GetType().Name,
    };

    private static string Trace(string? trace) => trace is null ? "    (no trace)" : "    " + PipelineTrace.Parse(trace).ToString().TrimEnd().ReplaceLineEndings("\n    ");
}
