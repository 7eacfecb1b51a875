using System.CommandLine;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Replay;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>replay FILE</c>: sends a file of customers' messages through the real gateway and reports what became of them.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A CSV file with a header line, one customer's message a row." };
        var column = new Option<string>("--column") { Description = "The column that holds the message.", DefaultValueFactory = _ => "text", HelpName = "NAME" };
        var concurrency = CommonOptions.Number("--concurrency", 64, 1, 4096, "Messages under way at once.");
        var limit = CommonOptions.Number("--limit", int.MaxValue, 1, int.MaxValue, "Send only the first N messages.");
        var url = CommonOptions.Url("A running system to send to, instead of one started for this.");
        var token = new Option<string?>("--agent-token") { Description = "With --url: the system's agent token. Default: $CUSTOMERSERVICE_AGENT_TOKEN, else the one in --data.", HelpName = "TOKEN" };
        var data = new Option<string?>("--data") { Description = "The folder that keeps everything. Default: a fresh temporary one.", HelpName = "DIR" };
        var content = CommonOptions.Content();
        var cluster = new ClusterFlags(doorsOnly: true);
        var command = new Command("replay", "Send a file of customers' messages through the gateway as chat conversations, and report.")
        {
            file, column, concurrency, limit, url, token, data, content,
        }.With(cluster.Options);
        command.SetAction(async (parsed, cancellation) =>
        {
            var messages = ReplayFile.Read(parsed.GetRequiredFile(file), parsed.GetValue(column)!, parsed.GetValue(limit));
            var part = Part(cluster, parsed);
            if (part is not null && (parsed.GetUrl(url) is not null || parsed.GetValue(data) is not null))
                throw new CommandFailedException("--cluster names the system to send to, and so does --url or --data: leave one of them out.", SiloCommandLine.WrongUse);
            using var temporary = parsed.GetUrl(url) is null && parsed.GetValue(data) is null ? new TemporaryFolder() : null;
            var folder = parsed.GetValue(data) ?? temporary?.Path ?? SiloSettings.DefaultDataFolder;

            await using var silo = parsed.GetUrl(url) is { } running
                ? RunningSilo.At(running, parsed.GetValue(token), folder)
                : await RunningSilo.StartAsync(
                    new SiloSettings
                    {
                        DataFolder = folder,
                        Cluster = part,
                        Content = ContentFolder.Find(parsed.GetValue(content)),
                        Listen = "http://127.0.0.1:0",
                        MetricsPort = 0,
                        Quiet = true,
                    },
                    cancellation);

            var report = await new Replayer(silo.Address, silo.AgentToken, parsed.GetValue(concurrency))
                .RunAsync(messages, Console.Error, cancellation);
            Console.Write(report.ToString());
            return report.Failed == 0 ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    /// <summary>A cluster must be named on the command line itself: messages for practice are not sent to one that a shell's environment happens to name.</summary>
    private static ClusterPart? Part(ClusterFlags cluster, ParseResult parsed) => cluster.Read(
        parsed, variable => cluster.Cluster.IsFlag(parsed) ? Environment.GetEnvironmentVariable(variable) : null);
}
