using System.CommandLine;
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
        var words = new Option<bool>("--words-only") { Description = "Ask by the words alone, without understanding what is wanted." };
        var misses = new Option<bool>("--misses") { Description = "Also list the questions that went wrong." };
        var content = CommonOptions.Content();
        var command = new Command("evaluate", "Hold the search against questions whose answers are known: recall, rank, refusals, calibration.") { file, language, words, misses, content };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredFile(file);
            var code = parsed.GetValue(language) ?? (Path.GetFileNameWithoutExtension(path) is { Length: 2 } name ? name : "en");
            try
            {
                var report = await RetrievalEvaluation.RunAsync(
                    KnowledgeCommands.OpenArticles(parsed.GetValue(content)), RetrievalQuestion.ReadFile(path).Select(question => parsed.GetValue(words) ? question with { Intent = null } : question),
                    code, parsed.GetValue(words) ? null : IntentOf(), cancellation);
                if (parsed.GetValue(misses))
                    ShowMisses(report);
                Console.WriteLine($"All\n{report}");
                Console.WriteLine($"The half that nothing was fitted to\n{report.Half(development: false)}");
                return 0;
            }
            catch (FormatException fault)
            {
                throw new CommandFailedException(fault.Message);
            }
        });
        return command;
    }

    private static Func<string, (string?, double)> IntentOf()
    {
        var understanding = MessageUnderstanding.LoadShipped();
        return text => understanding.Understand(text).Intent is { Primary: not IntentRanking.Unknown } intent ? (intent.Primary, intent.Confidence) : (null, 0);
    }

    private static void ShowMisses(RetrievalReport report)
    {
        foreach (var outcome in report.Outcomes.Where(outcome => outcome.Question.ArticleId is null ? !outcome.IsRefused : !outcome.IsRight || outcome.IsRefused))
            Console.WriteLine($"{outcome.Confidence:0.00}  {outcome.Question.Text}  | {outcome.Question.ArticleId ?? "-"}  → {string.Join(", ", outcome.Found.Take(3))}");
    }
}
