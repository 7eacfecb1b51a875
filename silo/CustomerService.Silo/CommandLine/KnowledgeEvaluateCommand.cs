using System.CommandLine;
using CustomerService.Assistants.Actions;
using CustomerService.Knowledge;
using CustomerService.Language;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>knowledge evaluate FILE</c>: the search against questions whose answers are known.</summary>
internal static class KnowledgeEvaluateCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Lines of 'question | article-id', or 'question | -' where no article answers it." };
        var language = new Option<string?>("--language") { Description = "The questions' language. Default: the file's name, such as de.txt, else en.", HelpName = "XX" };
        var words = new Option<bool>("--words-only") { Description = "Only by words alone, without understanding what is wanted." };
        var misses = new Option<bool>("--misses") { Description = "Also list the questions that went wrong; with both ways, those of the second." };
        var content = CommonOptions.Content();
        var command = new Command("evaluate", "Hold the search against questions whose answers are known: recall, rank, refusals, calibration.") { file, language, words, misses, content };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredFile(file);
            var code = parsed.GetValue(language) ?? (Path.GetFileNameWithoutExtension(path) is { Length: 2 } name ? name : "en");
            try
            {
                var questions = RetrievalQuestion.ReadFile(path);
                var knowledge = KnowledgeCommands.OpenArticles(parsed.GetValue(content));
                var report = await RetrievalEvaluation.RunAsync(knowledge, questions.Select(question => question with { Intent = null }), code, cancellation: cancellation);
                Show("By words alone", report);
                if (!parsed.GetValue(words))
                {
                    report = await RetrievalEvaluation.RunAsync(knowledge, questions, code, Understood(), cancellation);
                    Show("As a conversation does: by words and by what is understood", report);
                }
                if (parsed.GetValue(misses))
                    ShowMisses(report);
                return 0;
            }
            catch (FormatException fault)
            {
                throw new CommandFailedException(fault.Message);
            }
        });
        return command;
    }

    /// <summary>What a pipeline run understands of a conversation's first message, before it looks for articles.</summary>
    internal static Func<KnowledgeQuery, KnowledgeQuery> Understood()
    {
        var understanding = MessageUnderstanding.LoadShipped();
        return query =>
        {
            var signals = understanding.Understand(query.Text);
            return (query with { Language = signals.Language is "und" ? "en" : signals.Language }).Asking(signals.Intent);
        };
    }

    private static void Show(string how, RetrievalReport report) =>
        Console.WriteLine($"{how}\n{report}\n{how}, the half that nothing was fitted to\n{report.Half(development: false)}");

    private static void ShowMisses(RetrievalReport report)
    {
        foreach (var outcome in report.Outcomes.Where(outcome => outcome.Question.ArticleId is null ? !outcome.IsRefused : !outcome.IsRight || outcome.IsRefused))
            Console.WriteLine($"{outcome.Confidence:0.00}  {outcome.Question.Text}  | {outcome.Question.ArticleId ?? "-"}  → {string.Join(", ", outcome.Found.Take(3))}");
    }
}
