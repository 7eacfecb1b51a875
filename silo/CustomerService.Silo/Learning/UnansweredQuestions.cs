using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CustomerService.AgentConsole.Administration;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Knowledge;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Silo.Learning;

/// <summary>What customers asked and no article answered, out of the journal.</summary>
/// <param name="knowledge">The articles in use; null where they are searched in other processes.</param>
internal sealed class UnansweredQuestions(IJournal journal, Func<IKnowledgeBase?> knowledge) : IUnansweredQuestions
{
    private const int Page = 1_000;

    public async ValueTask<ImmutableArray<KnowledgeGap>?> GroupsAsync(int least, CancellationToken cancellation) => knowledge() is { } articles
        ? [.. KnowledgeGaps.Group(await OpenAsync(journal, articles, cancellation)).Where(gap => gap.Size >= least)]
        : null;

    /// <summary>All of them that no present article answers either.</summary>
    public static async ValueTask<List<UnansweredQuestion>> OpenAsync(IJournal journal, IKnowledgeBase knowledge, CancellationToken cancellation)
    {
        var open = new List<UnansweredQuestion>();
        await foreach (var question in UnansweredAsync(journal, cancellation))
        {
            // An article that was written since may answer it.
            var now = await knowledge.SearchAsync(new KnowledgeQuery(question.Text, question.Intent, question.Language), cancellation);
            if (now.IsRefused)
                open.Add(question with { NearestArticleId = now.Hits.FirstOrDefault()?.Article.Id });
        }

        return open;
    }

    /// <summary>Messages whose run found no article that answers them, and that a person got.</summary>
    private static async IAsyncEnumerable<UnansweredQuestion> UnansweredAsync(IJournal journal, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var messages = new Dictionary<string, string>(StringComparer.Ordinal);
        for (long after = 0; await journal.ReadAllAsync(after, Page, cancellation) is { Count: > 0 } entries; after = entries[^1].Position)
        {
            foreach (var entry in entries)
            {
                if (entry.Event is MessageReceived received)
                    messages[Key(entry, received.Interaction.Id)] = received.Interaction.Content;
                else if (entry.Event is RunCompleted run && messages.Remove(Key(entry, run.MessageId), out var text) && run.ResolutionType != ResolutionTypes.Automated && FoundNoAnswer(run.Trace))
                    yield return new UnansweredQuestion(text, run.Signals.Language is "und" ? "en" : run.Signals.Language, run.Signals.Intent is "unknown" ? null : run.Signals.Intent, null, entry.Grain.Key, entry.At);
            }
        }
    }

    private static string Key(JournalEntry entry, string message) => $"{entry.Grain}|{message}";

    private static bool FoundNoAnswer(string? trace)
    {
        try
        {
            return trace is not null && PipelineTrace.Parse(trace).Tasks.Any(task =>
                task.Action == "knowledge_base_search" && task.Outputs?.GetValueOrDefault("confidence_score") is double confidence && confidence < KnowledgeResult.LeastConfidence);
        }
        catch (JsonException)
        {
            // What another program wrote says nothing about articles.
            return false;
        }
    }
}
