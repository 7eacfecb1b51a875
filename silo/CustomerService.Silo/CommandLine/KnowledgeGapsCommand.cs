using System.CommandLine;
using System.Text.Json;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Knowledge;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>knowledge gaps</c>: what customers asked and no article answered, grouped into articles to write.</summary>
internal static class KnowledgeGapsCommand
{
    private const int Page = 1_000;

    public static Command Create()
    {
        var system = new WhichSystem();
        var content = CommonOptions.Content();
        var least = CommonOptions.Number("--least", 2, 1, int.MaxValue, "How many questions a group has at least, to be shown.");
        var command = new Command("gaps", "Group the questions that went to people because no article answered them, as articles to write.") { least, content };
        command.With(system.Options).SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            var knowledge = KnowledgeCommands.OpenArticles(parsed.GetValue(content));
            var open = new List<UnansweredQuestion>();
            await foreach (var question in UnansweredAsync(store.Journal, cancellation))
            {
                // An article that was written since may answer it.
                var now = await knowledge.SearchAsync(new KnowledgeQuery(question.Text, question.Intent, question.Language), cancellation);
                if (now.IsRefused)
                    open.Add(question with { NearestArticleId = now.Hits.FirstOrDefault()?.Article.Id });
            }

            var gaps = KnowledgeGaps.Group(open).Where(gap => gap.Size >= parsed.GetValue(least)).ToList();
            foreach (var gap in gaps)
                Show(gap);
            Console.WriteLine($"{open.Count} questions without an answer, {gaps.Count} groups of at least {parsed.GetValue(least)}");
            return 0;
        });
        return command;
    }

    /// <summary>Messages whose run found no article that answers them, and that a person got.</summary>
    private static async IAsyncEnumerable<UnansweredQuestion> UnansweredAsync(IJournal journal, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
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

    private static void Show(KnowledgeGap gap)
    {
        Console.WriteLine($"{gap.Size} questions in {gap.Conversations} conversations ({gap.Language}), {gap.First:yyyy-MM-dd} to {gap.Last:yyyy-MM-dd}: \"{gap.Title}\"");
        Console.WriteLine($"  intent {gap.Intent ?? "not understood"}; nearest article {gap.NearestArticleId ?? "none"}");
        foreach (var example in gap.Examples.Skip(1))
            Console.WriteLine($"  - {example.ReplaceLineEndings(" ")}");
        Console.WriteLine();
    }
}
