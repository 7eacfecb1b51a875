using System.CommandLine;
using System.Text.Json;
using CustomerService.Gateway.Staff;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>channels status</c>: how the accounts do, as the running process says that works for them.</summary>
internal static class ChannelsCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var console = new ConsoleFlags();
        var json = new Option<bool>("--json") { Description = "Print what the process says, as JSON." };
        var status = new Command("status", "Show each account of channels.yaml: whether it works, what came and went last, what waits.") { data, json }.With(console.Options);
        status.SetAction(async (parsed, cancellation) =>
        {
            var (url, token) = console.Url(parsed) is { } named
                ? (named, console.Token(parsed) ?? throw new CommandFailedException($"--url needs --operator-token, or {EnvironmentVariables.OperatorToken}.", SiloCommandLine.WrongUse))
                : Running(DataFolder.Existing(parsed.GetRequiredValue(data)));
            Console.WriteLine(Shown(await LookAsync(url, token, cancellation), url, parsed.GetValue(json)));
            return 0;
        });
        var command = new Command("channels", "Look at the channels of a running system.");
        command.Subcommands.Add(status);
        return command;
    }

    private static (Uri Url, string Token) Running(DataFolder folder) => folder.Announced() is { } url
        ? (url, folder.OperatorToken())
        : throw new CommandFailedException($"No system runs on {folder.Path}; how channels do is known while one runs. Name another with --data, or with --url.");

    private static async Task<string> LookAsync(Uri url, string token, CancellationToken cancellation)
    {
        using var running = new RunningConsole(url, token);
        try
        {
            return await running.SendAsync(HttpMethod.Get, "api/operations/channels", cancellation);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFailedException($"{url}: nobody answers there ({fault.Message}).");
        }
    }

    private static string Shown(string body, Uri url, bool asJson)
    {
        if (asJson)
            return body;
        try
        {
            return ChannelTable.Of(JsonSerializer.Deserialize<ChannelReport>(body, JsonSerializerOptions.Web)!);
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{url}: what answers there is no console of this system.");
        }
    }
}
