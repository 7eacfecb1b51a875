using System.CommandLine;
using CustomerService.AgentConsole.Replies;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>replies check</c>: canned replies and macros before an agent finds them.</summary>
internal static class RepliesCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The replies and macros, such as replies.yaml. Queues that they name are looked for in the routing.yaml beside it." };
        var check = new Command("check", "Check the file; show what agents will find.") { file };
        check.SetAction(parsed =>
        {
            var path = parsed.GetRequiredFile(file);
            try
            {
                Console.WriteLine(Shown(RepliesFile.Parse(File.ReadAllText(path), path, QueuesBeside(path))));
                return 0;
            }
            catch (PipelineFormatException wrong)
            {
                Console.WriteLine(wrong.Message);
                return SiloCommandLine.Failed;
            }
        });
        return new Command("replies", "Check a file of canned replies and macros.") { check };
    }

    /// <summary>The queues of the routing file in the same folder; null: there is none.</summary>
    public static IReadOnlyCollection<string>? QueuesBeside(string path)
    {
        var routing = new ContentFolder(Path.GetDirectoryName(path)!).Routing;
        return File.Exists(routing) ? [.. RoutingRulesFile.Parse(File.ReadAllText(routing), routing).QueueNames] : null;
    }

    private static string Shown(ReplyLibrary library) => string.Join(
        Environment.NewLine,
        [
            $"{library.Replies.Length} replies, {library.Macros.Length} macros",
            .. library.Replies.Select(reply => $"  /{reply.Shortcut,-22} {string.Join(' ', reply.Text.Texts.Keys),-16} {reply.Title.In("en").Text}"),
            .. library.Macros.Select(macro => $"  /{macro.Shortcut,-22} {macro.Steps.Length + " steps",-16} {macro.Title.In("en").Text}"),
        ]);
}
