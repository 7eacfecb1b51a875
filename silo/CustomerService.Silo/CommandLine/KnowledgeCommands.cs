using System.CommandLine;
using CustomerService.Knowledge;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>knowledge</c>: the articles that answers rest on.</summary>
internal static class KnowledgeCommands
{
    public static Command Create()
    {
        var command = new Command("knowledge", "Look at articles, bring them from elsewhere, and see what is missing.");
        command.Subcommands.Add(KnowledgeArticlesCommand.CreateList());
        command.Subcommands.Add(KnowledgeArticlesCommand.CreateShow());
        command.Subcommands.Add(KnowledgeArticlesCommand.CreateSearch());
        command.Subcommands.Add(KnowledgeImportCommand.Create());
        command.Subcommands.Add(KnowledgeGapsCommand.Create());
        command.Subcommands.Add(KnowledgeEvaluateCommand.Create());
        return command;
    }

    public static Option<string> Language() => new("--language")
    {
        Description = "Two letters, such as en, es, fr, de or ja.",
        DefaultValueFactory = _ => "en",
        HelpName = "XX",
    };

    /// <exception cref="CommandFailedException">The articles can't be used; the message names each place and fix.</exception>
    public static KnowledgeIndex OpenArticles(string? content)
    {
        try
        {
            return KnowledgeIndex.Open(ContentFolder.Find(content).Knowledge);
        }
        catch (KnowledgeLoadException fault)
        {
            throw new CommandFailedException(string.Join(Environment.NewLine, fault.Problems));
        }
    }

    /// <summary>Votes and former texts of a system; null where none has run there yet.</summary>
    /// <exception cref="CommandFailedException">They can't be opened.</exception>
    public static async ValueTask<(KnowledgeRecords? Records, IAsyncDisposable? Closing)> OpenRecordsAsync(WhichSystem system, ParseResult parsed, CancellationToken cancellation)
    {
        if (system.Database(parsed) is { } address)
        {
            var database = await SharedDatabase.OpenAsync(address, cancellation);
            return (database.OpenKnowledge(TimeProvider.System), database);
        }

        var folder = new DataFolder(Path.GetFullPath(system.Folder(parsed)));
        return (File.Exists(folder.Knowledge) ? folder.OpenKnowledge(TimeProvider.System) : null, null);
    }
}
