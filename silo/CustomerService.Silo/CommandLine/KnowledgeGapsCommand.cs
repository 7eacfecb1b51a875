using System.CommandLine;
using CustomerService.Knowledge;
using CustomerService.Silo.Learning;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>knowledge gaps</c>: what customers asked and no article answered, grouped into articles to write.</summary>
internal static class KnowledgeGapsCommand
{
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
            var open = await UnansweredQuestions.OpenAsync(store.Journal, knowledge, cancellation);
            var gaps = KnowledgeGaps.Group(open).Where(gap => gap.Size >= parsed.GetValue(least)).ToList();
            foreach (var gap in gaps)
                Show(gap);
            Console.WriteLine($"{open.Count} questions without an answer, {gaps.Count} groups of at least {parsed.GetValue(least)}");
            return 0;
        });
        return command;
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
