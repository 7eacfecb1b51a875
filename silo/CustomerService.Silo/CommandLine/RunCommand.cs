using System.CommandLine;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Entrance;
using CustomerService.Silo.Running;
using CustomerService.Staff;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>run</c>: the system itself, until it is told to stop.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

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

    /// <summary>A new system's first start shows how to sign in, once; one for development, at each start.</summary>
    private static async Task ShowEntranceAsync(RunningSilo silo, CancellationToken cancellation)
    {
        var services = silo.App.Services;
        if (services.GetService<FirstAdministrator>() is not { } first || services.GetRequiredService<SiloSettings>().Cluster is { } part && !part.Roles.HasFlag(Roles.Console))
            return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silo.App.Lifetime.ApplicationStopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await DemoEntrance.OpenAsync(services, stopping.Token);
                if (await first.EnsureAsync(stopping.Token) is { } password)
                    Console.WriteLine($"  sign in    {new Uri(silo.Address, "console")} as {FirstAdministrator.Id} with {password} (shown once; you choose your own password then)");
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Nobody hosts the staff yet, or they can't be stored now.
                await Task.Delay(AskAgain, services.GetRequiredService<TimeProvider>(), stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

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
        foreach (var (name, webhook) in new[] { (FeedTarget.Crm.Name, settings.CrmWebhook), (FeedTarget.Ticketing.Name, settings.TicketWebhook), (FeedTarget.Alerts.Name, settings.AlertWebhook) })
        {
            if (webhook is not null)
                Console.WriteLine($"  {name,-10} {webhook.Address}");
        }

        if (DemoEntrance.IsOpen(settings))
        {
            foreach (var line in DemoEntrance.Lines(silo.Address))
                Console.WriteLine(line);
        }

        var entrance = ShowEntranceAsync(silo, cancellation);
        if (settings.Cluster is null)
            await entrance; // In a cluster the silos may come later than this console.
        Console.WriteLine("Stop with Ctrl+C.");
        await silo.App.WaitForShutdownAsync(cancellation);
        Console.WriteLine("Stopping: what was accepted is being finished.");
    }
}
