using System.CommandLine;
using CustomerService.Mcp.Outside;
using CustomerService.Mcp.Settings;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>mcp tools|approve</c>: what another system's server offers, and the owner's word on it.</summary>
internal static class McpApproveCommand
{
    public static Command CreateTools()
    {
        var (server, content) = (ServerArgument(), CommonOptions.Content());
        var tools = new Command("tools", "Show what a server offers now, and whether that is what was approved.") { server, content };
        tools.SetAction(async (parsed, cancellation) =>
        {
            Show(await ReviewAsync(parsed.GetRequiredValue(server), ContentFolder.Find(parsed.GetValue(content)), cancellation));
            return 0;
        });
        return tools;
    }

    public static Command CreateApprove()
    {
        var (server, content) = (ServerArgument(), CommonOptions.Content());
        var only = new Argument<string[]>("TOOL") { Description = "Only these of its tools; without any, all that mcp.yaml allows.", Arity = ArgumentArity.ZeroOrMore };
        var approve = new Command("approve", "Approve a server's tools as it describes them now, so that procedures may use them.") { server, only, content };
        approve.SetAction(async (parsed, cancellation) =>
        {
            var folder = ContentFolder.Find(parsed.GetValue(content));
            var review = await ReviewAsync(parsed.GetRequiredValue(server), folder, cancellation);
            Show(review);
            var named = parsed.GetValue(only) ?? [];
            if (named.Except(review.Lines.Select(line => line.Name)).FirstOrDefault() is { } unknown)
                throw new CommandFailedException($"mcp.yaml allows no tool '{unknown}' of {review.Server.Name}.", SiloCommandLine.WrongUse);
            var chosen = review.Lines.Where(line => (named.Length == 0 || named.Contains(line.Name)) && line is { Problem: null, Offered: not null }).ToList();
            var approvals = chosen.Aggregate(Approvals(folder), (all, line) => all.With(review.Server.Name, line.Offered!));
            Write(folder.ApprovedTools, approvals.ToString());
            Console.WriteLine($"Approved: {(chosen.Count == 0 ? "nothing" : string.Join(", ", chosen.Select(line => line.Name)))}. It stands in {folder.ApprovedTools}.");
            return chosen.Count > 0 ? 0 : SiloCommandLine.Failed;
        });
        return approve;
    }

    private static Argument<string> ServerArgument() => new("SERVER") { Description = "The server's name in mcp.yaml." };

    private static async Task<ToolReview> ReviewAsync(string name, ContentFolder content, CancellationToken cancellation)
    {
        var servers = McpCommands.Settings(content.Path).Servers;
        var server = servers.FirstOrDefault(each => each.Name == name) ?? throw new CommandFailedException(
            $"mcp.yaml has no server '{name}'; it has {(servers.IsEmpty ? "none" : string.Join(", ", servers.Select(each => each.Name)))}.", SiloCommandLine.WrongUse);
        try
        {
            return await ToolReview.MakeAsync(server, Approvals(content), Environment.GetEnvironmentVariable, TimeProvider.System, cancellation);
        }
        catch (Exception fault) when (fault is not (CommandFailedException or OperationCanceledException))
        {
            throw new CommandFailedException($"{server.Name} at {server.Url?.ToString() ?? server.Command} can't be asked: {fault.Message.TrimEnd('.')}. Check its address, its key and that it runs.");
        }
    }

    private static ToolApprovals Approvals(ContentFolder content)
    {
        try
        {
            return File.Exists(content.ApprovedTools) ? ToolApprovals.Parse(File.ReadAllText(content.ApprovedTools), content.ApprovedTools) : ToolApprovals.None;
        }
        catch (FormatException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    // Moved into place whole: a system that runs may read it at any moment.
    private static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path}: {fault.Message}");
        }
    }

    private static void Show(ToolReview review)
    {
        foreach (var line in review.Lines)
        {
            var writes = review.Server.Writes.Contains(line.Name) ? ", writes" : "";
            Console.WriteLine($"{review.Server.Name}.{line.Name}: {line.Standing}{writes}{(line.Problem is null ? "" : $"; it can't be used: {line.Problem}")}");
            if (line.Offered is not { } offered)
                continue;
            Console.WriteLine($"    {Plain(offered.Description)}");
            foreach (var parameter in line.Parameters)
                Console.WriteLine($"    {parameter.Name} ({parameter.Type}{(parameter.Required ? "" : ", optional")}) {parameter.Summary}");
        }
    }

    // A server's words must not draw on the owner's screen.
    private static string Plain(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
