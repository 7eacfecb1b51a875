using System.CommandLine;
using System.Text.Json;
using CustomerService.Gateway.Staff;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>cluster status</c>: how the system stands, as a running console knows it.</summary>
internal static class ClusterStatusCommand
{
    public static Command Create()
    {
        var console = new ConsoleFlags();
        var json = new Option<bool>("--json") { Description = "Print what the console says, as JSON." };
        var status = new Command("status", "Show each silo with its grains, calls and work, and what is still to be done.") { json }.With(console.Options);
        status.SetAction(async (parsed, cancellation) =>
        {
            var url = console.Url(parsed) ?? throw new CommandFailedException("'status' needs --url http://host:port: a running console of the system.", SiloCommandLine.WrongUse);
            var token = console.Token(parsed) ?? throw new CommandFailedException($"'status' needs --operator-token, or {EnvironmentVariables.OperatorToken}.", SiloCommandLine.WrongUse);
            Console.WriteLine(Shown(await LookAsync(url, token, cancellation), url, parsed.GetValue(json)));
            return 0;
        });
        var command = new Command("cluster", "Look at a cluster.");
        command.Subcommands.Add(status);
        return command;
    }

    private static async Task<string> LookAsync(Uri url, string token, CancellationToken cancellation)
    {
        using var running = new RunningConsole(url, token);
        try
        {
            return await running.SendAsync(HttpMethod.Get, "api/operations/cluster", cancellation);
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
            return ClusterTable.Of(JsonSerializer.Deserialize<ClusterStatus>(body, JsonSerializerOptions.Web)!);
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{url}: what answers there is no console of this system.");
        }
    }
}
