using System.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>run</c>: the system itself, until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Run the system: chat page, API, pipeline, queues. This is the default.");
        AddTo(command);
        return command;
    }

    public static void AddTo(Command command)
    {
        var options = new RunOptions();
        foreach (var option in options.All)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await RunAsync(options.Read(parsed, Environment.GetEnvironmentVariable), cancellation);
            return 0;
        });
    }

    private static async Task RunAsync(SiloSettings settings, CancellationToken cancellation)
    {
        await using var silo = await RunningSilo.StartAsync(settings, cancellation);
        var data = Path.GetFullPath(settings.DataFolder);
        Console.WriteLine($"Ready. Chat page and API: {silo.Address}");
        if (settings.MetricsPort != 0)
            Console.WriteLine($"  metrics    {new UriBuilder(silo.Address) { Port = settings.MetricsPort, Path = "metrics" }.Uri}");
        Console.WriteLine($"  channels   {string.Join(", ", settings.Channels)}; languages {string.Join(", ", silo.Languages)}; workers {settings.Workers}; mode {settings.Mode}");
        Console.WriteLine($"  content    {settings.Content.Path} (edits are picked up)");
        Console.WriteLine($"  data       {data}; agents' token in {Path.Combine(data, "keys", "agent-token")}");
        foreach (var (name, webhook) in new[] { (FeedTarget.Crm.Name, settings.CrmWebhook), (FeedTarget.Ticketing.Name, settings.TicketWebhook) })
        {
            if (webhook is not null)
                Console.WriteLine($"  {name,-10} {webhook.Address}");
        }

        Console.WriteLine("Stop with Ctrl+C.");
        await silo.App.WaitForShutdownAsync(cancellation);
        Console.WriteLine("Stopping: what was accepted is being finished.");
    }
}
