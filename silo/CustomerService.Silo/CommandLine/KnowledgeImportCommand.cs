using System.Collections.Immutable;
using System.CommandLine;
using CustomerService.Knowledge;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>knowledge import SOURCE</c>: articles from elsewhere.</summary>
internal static class KnowledgeImportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A file or a folder: Markdown, HTML, or a help centre's JSON export; docs/recipes/import-articles.md shows its shape." };
        var into = new Option<string?>("--into") { Description = "The folder of articles to write to. Default: that of the content.", HelpName = "DIR" };
        var language = KnowledgeCommands.Language();
        language.Description = "The language of articles that do not say theirs, as two letters.";
        var overwrite = new Option<bool>("--overwrite") { Description = "Also write over articles that were edited here since they were imported." };
        var command = new Command("import", "Bring articles from elsewhere. Can be repeated: what has not changed stays, what was edited here is left.") { source, into, language, overwrite };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(source);
            if (!Path.Exists(path))
                throw new CommandFailedException($"{path}: there is no such file or folder.", SiloCommandLine.WrongUse);
            try
            {
                var folder = Directory.CreateDirectory(parsed.GetValue(into) ?? ContentFolder.Find(null).Knowledge).FullName;
                return Show(new ArticleImport(folder, parsed.GetValue(language)!).Run(path, parsed.GetValue(overwrite)), folder);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                throw new CommandFailedException(fault.Message);
            }
        });
        return command;
    }

    private static int Show(ImportReport report, string folder)
    {
        Lines("new", report.Added);
        Lines("changed", report.Changed);
        Lines("left", report.Left);
        foreach (var problem in report.Problems)
            Console.Error.WriteLine(problem);
        Console.WriteLine($"{report.Added.Length} new, {report.Changed.Length} changed, {report.Unchanged.Length} as before, {report.Left.Length} left because they were edited here (--overwrite takes them), {report.Problems.Length} skipped");
        return report.Problems.IsEmpty ? 0 : SiloCommandLine.Failed;

        void Lines(string what, ImmutableArray<string> paths)
        {
            foreach (var path in paths)
                Console.WriteLine($"{what,-8} {Path.GetRelativePath(folder, path)}");
        }
    }
}
