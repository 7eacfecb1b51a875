using System.Collections.Immutable;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Staff;

namespace CustomerService.Silo.Entrance;

/// <summary>In development anybody who reaches the console gets in as anybody, and everybody is told so.</summary>
internal static partial class DemoEntrance
{
    /// <summary>The flag without which a development's console listens to this machine alone.</summary>
    public const string Flag = "--let-anyone-in";

    /// <summary>Whether this process lets demo people in.</summary>
    public static bool IsOpen(SiloSettings settings) => settings.Mode == "development" && (settings.Cluster?.Roles ?? Roles.All).HasFlag(Roles.Console);

    /// <exception cref="CommandFailedException">Others than this machine could get in, and nobody said that they may.</exception>
    public static void Check(SiloSettings settings)
    {
        if (IsOpen(settings) && !settings.LetsAnyoneIn && !new Uri(settings.Listen).IsLoopback)
            throw new CommandFailedException(
                $"--mode development lets whoever reaches {settings.Listen} sign in as anybody, and that is not this machine alone. "
                + $"Listen on {SiloSettings.DefaultListen}, take --mode production, or say {Flag} if that is what you want.", SiloCommandLine.WrongUse);
    }

    /// <summary>Makes the demo people of a system that runs, where there are to be some; agents and supervisors serve all of its queues.</summary>
    public static async Task OpenAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (services.GetService<DemoPeople>() is not { AreLetIn: true } people)
            return;
        var routing = services.GetRequiredService<SiloSettings>().Content.Routing;
        await people.EnsureAsync([.. RoutingRulesFile.Parse(await File.ReadAllTextAsync(routing, cancellation), routing).QueueNames], cancellation);
        LogOpen(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DemoEntrance)));
    }

    /// <summary>What a start says of it, a line each.</summary>
    public static ImmutableArray<string> Lines(Uri address) =>
    [
        "  DEVELOPMENT: whoever reaches this address signs in by one click, without a password. Not for real customers.",
        $"  sign in    {new Uri(address, "console")} as {string.Join(", ", DemoPeople.All.Select(person => $"{person.Name} ({person.Role.ToString().ToLowerInvariant()})"))}",
    ];

    [LoggerMessage(LogLevel.Warning, "Mode development: demo people sign in by one click, without a password. Not for real customers")]
    private static partial void LogOpen(ILogger logger);
}
