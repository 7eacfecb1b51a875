using System.CommandLine;
using System.CommandLine.Parsing;
using CustomerService.Mcp.Serving;
using CustomerService.Mcp.Settings;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>mcp</c>: our tools for other programs, and theirs for procedures.</summary>
internal static class McpCommands
{
    public static Command Create()
    {
        var command = new Command("mcp", "The Model Context Protocol: serve our tools to other programs, and use theirs.");
        command.Subcommands.Add(CreateServe());
        command.Subcommands.Add(CreateToken());
        command.Subcommands.Add(CreateCheck());
        command.Subcommands.Add(McpApproveCommand.CreateTools());
        command.Subcommands.Add(McpApproveCommand.CreateApprove());
        return command;
    }

    private static Command CreateServe()
    {
        var (client, url, data) = (ClientOption(), CommonOptions.Url("A running system. Default: the one that runs on --data."), CommonOptions.Data());
        var (content, conversation) = (CommonOptions.Content(), new Option<string?>("--conversation") { Description = "The conversation, or its token, for calls that name none.", HelpName = "ID" });
        var serve = new Command("serve", "Serve a running system's tools on standard input and output, for a client that starts a program.") { client, url, data, content, conversation };
        serve.SetAction(async (parsed, cancellation) =>
        {
            var folder = DataFolder.Existing(parsed.GetValue(data)!);
            var name = parsed.GetRequiredValue(client);
            var key = KeyOf(Client(Settings(parsed.GetValue(content)), name), folder);
            var system = parsed.GetUrl(url) ?? folder.Announced() ?? throw new CommandFailedException("No system runs on that folder: start one, or name one with --url.");
            try
            {
                await StdioBridge.RunAsync(system, key, parsed.GetValue(conversation), Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellation);
            }
            catch (HttpRequestException fault)
            {
                throw new CommandFailedException($"{system}: {fault.Message.TrimEnd('.')}. Start the system, or give the client '{name}' the key that the system knows.");
            }

            return 0;
        });
        return serve;
    }

    private static Command CreateToken()
    {
        var conversation = new Argument<string>("CONVERSATION") { Description = "The conversation's id." };
        var (client, content, minutes) = (ClientOption(), CommonOptions.Content(), CommonOptions.Number("--minutes", 60, 1, 7 * 24 * 60, "For how long it holds."));
        var system = new WhichSystem();
        var token = new Command("token", "Make a token with which one client may act in one conversation.") { conversation, client, minutes, content }.With(system.Options);
        token.SetAction(async (parsed, cancellation) =>
        {
            var name = Client(Settings(parsed.GetValue(content)), parsed.GetRequiredValue(client)).Name;
            var records = await system.RecordsAsync(parsed, cancellation);
            try
            {
                var keys = await records.KeysAsync(Environment.GetEnvironmentVariable, cancellation);
                Console.WriteLine(new ConversationTokens(keys.VisitorKey, TimeProvider.System)
                    .Issue(name, parsed.GetRequiredValue(conversation), TimeSpan.FromMinutes(parsed.GetValue(minutes))));
            }
            finally
            {
                if (records is IAsyncDisposable shared)
                    await shared.DisposeAsync();
            }

            return 0;
        });
        return token;
    }

    private static Command CreateCheck()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A file like content/mcp.yaml." };
        var check = new Command("check", "Check a file of clients and servers.") { file };
        check.SetAction(parsed =>
        {
            var settings = Parse(parsed.GetRequiredFile(file));
            Console.WriteLine($"{settings.Clients.Length} clients, {settings.Servers.Length} servers; the file can be used.");
            foreach (var client in settings.Clients)
                Console.WriteLine($"  {client.Name}: {string.Join(", ", client.Scopes)}; conversations by {(client.NeedsConversationToken ? "token" : "id")}; {client.CallsPerMinute} calls a minute");
            foreach (var server in settings.Servers)
                Console.WriteLine($"  {server.Name}: {string.Join(", ", server.Allowed)} at {server.Url?.ToString() ?? server.Command}");
            return 0;
        });
        return check;
    }

    internal static McpSettings Settings(string? content)
    {
        var path = ContentFolder.Find(content).Mcp;
        return File.Exists(path) ? Parse(path) : McpSettings.None;
    }

    private static Option<string> ClientOption() => new("--client") { Description = "The client's name in mcp.yaml.", Required = true, HelpName = "NAME" };

    private static McpClientGrant Client(McpSettings settings, string name) => settings.Client(name) ?? throw new CommandFailedException(
        $"mcp.yaml has no client '{name}'; it has {(settings.Clients.IsEmpty ? "none" : string.Join(", ", settings.Clients.Select(client => client.Name)))}.", SiloCommandLine.WrongUse);

    private static string KeyOf(McpClientGrant client, DataFolder folder) => client.KeyVariable is not { } variable
        ? folder.ClientKey(client.Name)!
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key ? key : throw new CommandFailedException($"{variable} is not set: it is the key of the client '{client.Name}'.", SiloCommandLine.WrongUse);

    private static McpSettings Parse(string path)
    {
        try
        {
            return McpFile.Parse(File.ReadAllText(path), path);
        }
        catch (PipelineFormatException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }
}
