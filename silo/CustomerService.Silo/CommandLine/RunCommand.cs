using System.CommandLine;
using CustomerService.Silo.Cluster;
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

    private static string Doors(Roles roles) => (roles & Roles.Doors) switch
    {
        0 => "Health and metrics",
        Roles.Gateway => "Chat page and customers' API",
        Roles.Console => "Staff's API",
        _ => "Chat page and API",
    };

    private static async Task RunAsync(SiloSettings settings, CancellationToken cancellation)
    {
        await using var silo = await RunningSilo.StartAsync(settings, cancellation);
        var data = Path.GetFullPath(settings.DataFolder);
        Console.WriteLine($"Ready. {Doors(settings.Cluster?.Roles ?? Roles.All)}: {silo.Address}");
        if (settings.MetricsPort != 0)
            Console.WriteLine($"  metrics    {new UriBuilder(silo.Address) { Port = settings.MetricsPort, Path = "metrics" }.Uri}");
        if (settings.Cluster is { } part)
        {
            Console.WriteLine($"  cluster    {part.Id}, by {part.Redis?.ToString() ?? "localhost"}; this process is {part.Roles.Words()}");
            Console.WriteLine($"  database   {part.Database}");
        }

        if (settings.Cluster is null or { HasSilo: true })
            Console.WriteLine($"  channels   {string.Join(", ", settings.Channels)}; languages {string.Join(", ", silo.Languages)}; workers {settings.Workers}; mode {settings.Mode}");
        Console.WriteLine($"  content    {settings.Content.Path} (edits are picked up)");
        if (settings.Cluster is null)
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
