using System.CommandLine;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>conversations show ID</c>: one conversation, its transcript and why everything happened.</summary>
internal static class ConversationsCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The conversation's id." };
        var data = CommonOptions.Data();
        var show = new Command("show", "Show a conversation: messages, and for each what every task did.") { id, data };
        show.SetAction(async (parsed, cancellation) =>
        {
            await using var store = StoredSystem.Open(parsed.GetValue(data)!);
            await ShowAsync(store, parsed.GetRequiredValue(id), cancellation);
            return 0;
        });
        var command = new Command("conversations", "Look at conversations.");
        command.Subcommands.Add(show);
        return command;
    }

    private static async Task ShowAsync(StoredSystem store, string id, CancellationToken cancellation)
    {
        var grain = Grain.Conversation(id);
        if (await store.Grains.AskAsync(grain, new GetConversation(), cancellation) is not ConversationView { Status: not ConversationStatus.New } view)
            throw new CommandFailedException($"There is no conversation '{id}' in this folder.");

        Console.WriteLine($"conversation {view.Id}  {view.Status}  {view.Channel} {view.Address}  customer {view.CustomerId}  ticket {view.TicketId ?? "-"}");
        if (view.Handoff is { } handoff)
            Console.WriteLine($"  queue {view.Queue}, priority {handoff.Priority}: {handoff.Reason}\n  {handoff.Summary.ReplaceLineEndings("\n  ")}");
        for (long after = 0; ;)
        {
            var entries = await store.Journal.ReadAsync(grain, after, 500, cancellation);
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
        NoteAdded n => $"note by {n.AgentId}: {n.Text}",
        ConversationResolved r => $"resolved by {r.By}",
        ConversationReopened => "opened again",
        ReceiptReported r => $"{r.Status} up to #{r.UpToSequence}",
        IdentityProven p => $"proved to be {p.CustomerId} ({p.Level})",
        _ => happened.GetType().Name,
    };

    private static string Trace(string? trace) => trace is null ? "    (no trace)" : "    " + PipelineTrace.Parse(trace).ToString().TrimEnd().ReplaceLineEndings("\n    ");
}
