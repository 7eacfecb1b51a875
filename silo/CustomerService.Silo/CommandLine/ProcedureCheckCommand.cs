using System.CommandLine;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Integrations.Orders;
using CustomerService.Mcp.Outside;
using CustomerService.Mcp.Settings;
using CustomerService.Silo.Composition;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>procedures check FILE</c>: a procedure before a customer meets it.</summary>
internal static class ProcedureCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The procedure's YAML file." };
        var content = CommonOptions.Content();
        var command = new Command("check", "Check a procedure's steps, tools and texts; show it in words.") { file, content };
        command.SetAction(async (parsed, _) =>
        {
            var path = parsed.GetRequiredFile(file);
            try
            {
                using var temporary = new TemporaryFolder();
                using var orders = new SqliteOrderSystem(Path.Combine(temporary.Path, "orders.db"));
                // The tools' contracts are asked for, and no tool is called.
                var folder = ContentFolder.Find(parsed.GetValue(content));
                using var mcp = new McpFile(folder.Mcp, TimeProvider.System, NullLogger<McpFile>.Instance);
                await using var outside = new OutsideTools(mcp, folder.ApprovedTools, Environment.GetEnvironmentVariable, TimeProvider.System, NullLogger<OutsideTools>.Instance);
                var tools = new ToolGate(ShopTools.OfOrders(orders), outside).Contracts;
                using var answers = new AnswerBook(folder.Answers, TimeProvider.System, NullLogger<AnswerBook>.Instance);
                var report = new ProcedureCheck(tools, answers).OfFile(path);
                Console.WriteLine(report.ToString());
                return report.Definition is null ? SiloCommandLine.Failed : 0;
            }
            catch (FormatException fault)
            {
                throw new CommandFailedException(fault.Message);
            }
        });
        return command;
    }
}
