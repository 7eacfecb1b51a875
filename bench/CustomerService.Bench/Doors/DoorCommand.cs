using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Memory;
using CustomerService.Bench.Webhooks;
using CustomerService.Runtime.InProcess;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Bench.Doors;

/// <summary><c>door</c>: what is measured, in a process of its own: the product, or a bare server. Not for people.</summary>
internal static class DoorCommand
{
    public const string Name = "door";

    public const string Ours = "ours";

    public const string Bare = "bare";

    /// <summary>Asks for <see cref="MemoryReading"/>: bytes of objects, bytes resident. Idle grains leave first; by themselves they would after two minutes.</summary>
    public const string Memory = "memory";

    /// <summary>Asks to be told when nothing is left to do.</summary>
    public const string Settle = "settle";

    /// <summary>Asks how many messages were kept, and how many runs of the pipeline there were.</summary>
    public const string Kept = "kept";

    public static Command Create()
    {
        var which = new Argument<string>("which");
        var content = CommonOptions.Content();
        var command = new Command(Name) { which, content };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            await (parsed.GetValue(which) == Ours ? ServeOursAsync(parsed.GetValue(content), cancellation) : ServeBareAsync(cancellation));
            return 0;
        });
        return command;
    }

    /// <param name="content">Null: the shipped one.</param>
    public static Task<ChildProcess> StartAsync(string which, string? content, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellation) =>
        ChildProcess.StartAsync(content is null ? [Name, which] : [Name, which, "--content", content], secrets, cancellation);

    private static async Task ServeOursAsync(string? content, CancellationToken cancellation)
    {
        using var data = new TemporaryFolder();
        var settings = new SiloSettings
        {
            DataFolder = data.Path,
            Content = ContentFolder.Find(content),
            Listen = "http://127.0.0.1:0",
            MetricsPort = 0,
            Quiet = true,
        };
        await using var silo = await RunningSilo.StartAsync(settings, cancellation);
        var host = silo.App.Services.GetRequiredService<InProcessHost>();
        using var kept = new KeptMessages(host.Journal);
        await AnswerAsync(silo.Address, async question =>
        {
            switch (question)
            {
                case Settle:
                    while (host.WorkBacklog + host.WorkRunning + host.PendingTells > 0)
                        await Task.Delay(10, cancellation);
                    return "settled";
                case Kept:
                    return kept.ToString();
                default:
                    host.Collect(_ => true);
                    return MemoryNow();
            }
        }, cancellation);
    }

    private static async Task ServeBareAsync(CancellationToken cancellation)
    {
        await using var door = await BareDoor.StartAsync(Environment.GetEnvironmentVariable(MeasuredAccounts.SecretVariable) ?? "", cancellation);
        await AnswerAsync(door.Address, question => Task.FromResult(question == Memory ? MemoryNow() : "settled"), cancellation);
    }

    private static async Task AnswerAsync(Uri address, Func<string, Task<string>> answer, CancellationToken cancellation)
    {
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync(cancellation) is { } question)
            Console.WriteLine(await answer(question));
    }

    private static string MemoryNow()
    {
        var reading = MemoryReading.Take();
        return string.Create(CultureInfo.InvariantCulture, $"{reading.Managed} {reading.Resident}");
    }
}
