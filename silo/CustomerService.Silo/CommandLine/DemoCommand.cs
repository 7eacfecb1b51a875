using System.CommandLine;
using System.Security.Cryptography;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Demo;
using CustomerService.Silo.Entrance;
using CustomerService.Silo.Playing;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>demo</c>: a system with a sample shop whose customers write by themselves.</summary>
internal static class DemoCommand
{
    private const string DefaultFolder = "data-demo";

    public static Command Create()
    {
        var listen = new Option<string>("--listen") { Description = "The address of the pages.", DefaultValueFactory = _ => SiloSettings.DefaultListen, HelpName = "URL" };
        var data = new Option<string>("--data") { Description = "The folder that keeps the demo; remove it to begin anew.", DefaultValueFactory = _ => DefaultFolder, HelpName = "DIR" };
        var customers = CommonOptions.Number("--customers", 24, 1, 600, "How many customers come in a minute, on average.");
        var colleagues = CommonOptions.Number("--agents", 4, 0, 6, "How many agents the program plays.");
        var seed = CommonOptions.Number("--seed", 1, 0, int.MaxValue, "Which people come: the same for the same number.");
        var command = new Command("demo", "Run a system with a living sample centre: customers who write by themselves in five languages and on several channels, and a few played agents.")
        {
            listen, data, customers, colleagues, seed,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await RunAsync(parsed.GetValue(listen)!, parsed.GetValue(data)!, new DemoPace(parsed.GetValue(customers), parsed.GetValue(colleagues), parsed.GetValue(seed)), cancellation);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(string listen, string folder, DemoPace pace, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address) || address.Port == 0)
            throw new CommandFailedException($"--listen takes an address with its port, like {SiloSettings.DefaultListen}; '{listen}' is none.", SiloCommandLine.WrongUse);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Environment.SetEnvironmentVariable(DemoAccounts.SecretVariable, secret);
        await using var network = await DemoNetwork.StartAsync(cancellation);
        var content = DemoContent.Prepare(Path.Combine(folder, "content"), network.ChannelsYaml(address));
        DemoContent.ImportOrders(folder, cancellation);
        var settings = new SiloSettings { Mode = "development", MetricsPort = 0, Listen = listen, DataFolder = folder, Content = content };

        await using var silo = await RunningSilo.StartAsync(settings, cancellation);
        await DemoEntrance.OpenAsync(silo.App.Services, cancellation);
        Console.WriteLine($"Ready. The console: {new Uri(silo.Address, "console")}   a customer's chat: {silo.Address}");
        foreach (var line in DemoEntrance.Lines(silo.Address))
            Console.WriteLine(line);
        Console.WriteLine($"  content    {content.Path} (edits are picked up)");
        Console.WriteLine($"  demo       {pace.AMinute} customers a minute, {pace.Colleagues} played agents; all of them are made up. Stop with Ctrl+C.");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silo.App.Lifetime.ApplicationStopping);
        var keys = await DataFolder.Existing(folder).KeysAsync(Environment.GetEnvironmentVariable, cancellation);
        var centre = new DemoCentre(
            new RunningSystem(silo.Address, keys.OperatorToken), secret, pace, silo.App.Services.GetRequiredService<ILogger<DemoCentre>>(), TimeProvider.System);
        var playing = centre.PlayAsync(DemoContent.Queues(content), stopping.Token);
        await silo.App.WaitForShutdownAsync(cancellation);
        await stopping.CancelAsync();
        await playing;
    }
}
