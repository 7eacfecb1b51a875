using System.Net.Http.Headers;
using System.Security.Cryptography;
using CustomerService.Cluster.Tests.Checking;
using CustomerService.Cluster.Tests.Faults;

namespace CustomerService.Cluster.Tests.Processes;

/// <summary>
/// The system as it is run: Redis, PostgreSQL, three silos, a gateway and a console, each a process of its own on this machine's loopback. Tests may
/// kill, freeze and stop any of them.
/// </summary>
internal sealed class ClusterOfProcesses : IAsyncDisposable
{
    public const int Silos = 3;

    private const string AgentToken = "agents-of-the-cluster-tests";
    private const string OperatorToken = "operators-of-the-cluster-tests";

    private readonly Dictionary<string, string> environment;
    private readonly string[] more;
    private readonly List<SiloProgram> ended = [];

    private ClusterOfProcesses(Dictionary<string, string> environment, string[] more)
    {
        this.environment = environment;
        this.more = more;
    }

    public RedisServer Redis { get; } = new();

    public PostgreSqlServer PostgreSql { get; } = new();

    /// <summary>The silos, by their number.</summary>
    public SiloProgram[] SiloProcesses { get; } = new SiloProgram[Silos];

    /// <summary>Where each silo is reached by the others: the beginning of the name under which it owns effects and alarms.</summary>
    public int[] SiloPorts { get; } = new int[Silos];

    /// <summary>The customers' door.</summary>
    public Door Gateway { get; private set; } = null!;

    /// <summary>The staff's door.</summary>
    public Door Console { get; private set; } = null!;

    /// <summary>The database, as Npgsql names it.</summary>
    public string Database { get; private set; } = "";

    /// <param name="more">Flags that every process gets besides.</param>
    public static async Task<ClusterOfProcesses> StartAsync(params string[] more)
    {
        var cluster = new ClusterOfProcesses([], more);
        try
        {
            await Task.WhenAll(cluster.Redis.InitializeAsync(), cluster.PostgreSql.InitializeAsync());
            cluster.Database = await cluster.PostgreSql.CreateDatabaseAsync();
            cluster.environment["CUSTOMERSERVICE_CLUSTER"] = cluster.Redis.Url;
            cluster.environment["CUSTOMERSERVICE_DATABASE"] = cluster.Database;
            cluster.environment["CUSTOMERSERVICE_AGENT_TOKEN"] = AgentToken;
            cluster.environment["CUSTOMERSERVICE_OPERATOR_TOKEN"] = OperatorToken;
            cluster.environment["CUSTOMERSERVICE_VISITOR_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            await cluster.CommandAsync("database", "migrate");
            await cluster.StartProcessesAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all of the program's processes, in whatever order they come up.</summary>
    public async Task StartProcessesAsync()
    {
        var gateway = Run("gateway", Gateway?.Port ?? SiloProgram.FreePort());
        var console = Run("console", Console?.Port ?? SiloProgram.FreePort());
        await Task.WhenAll(Enumerable.Range(0, Silos).Select(StartSiloAsync));
        Gateway = await gateway;
        Console = await console;
    }

    public async Task StartSiloAsync(int number)
    {
        if (SiloProcesses[number] is { } before)
            ended.Add(before);
        var port = SiloProgram.FreePort();
        SiloProcesses[number] = (await Run("silo", SiloProgram.FreePort(), "--silo-port", $"{port}", "--client-port", "0")).Process;
        SiloPorts[number] = port;
    }

    /// <summary>
    /// Starts what does not run, as whoever watches processes does: what a failed test left stopped, and silos that the others had declared dead.
    /// </summary>
    public async Task MakeWholeAsync()
    {
        if (!Redis.IsRunning)
            await Redis.StartAsync();
        if (!PostgreSql.IsRunning)
            await PostgreSql.StartAsync();
        if (Gateway.Process.HasExited || Console.Process.HasExited)
        {
            await KillProcessesAsync();
            await StartProcessesAsync();
        }

        for (var number = 0; number < Silos; number++)
        {
            if (SiloProcesses[number].HasExited)
                await StartSiloAsync(number);
        }
    }

    /// <summary>
    /// Fails when a process ended though nobody ended it, with the last of what it said. In the short form, where other tests share the machine, a silo may
    /// stand still for so long that the others declare it dead; then it must end.
    /// </summary>
    public void NoneEndedByItself()
    {
        var fallen = All.Where(process => process.HasExited && (Repeats.IsLong || !process.Output.Contains("I have been told I am dead", StringComparison.Ordinal)));
        Assert.True(!fallen.Any(), string.Join('\n', fallen.Select(process => $"Process {process.Id} ended:\n{string.Join('\n', process.Output.Split('\n').TakeLast(30))}")));
    }

    /// <summary>SIGKILL to every process of the program.</summary>
    public Task KillProcessesAsync() => Task.WhenAll(All.Where(process => !process.HasExited).Select(process => process.KillAsync()));

    /// <summary>Runs a command of the program to its end, with this cluster's settings.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        await using var command = SiloProgram.Start(environment, arguments);
        var code = await command.ExitAsync();
        return code == 0 ? command.Output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {code}:\n{command.Output}");
    }

    public Task<Evidence> EvidenceAsync(History history) => Evidence.GatherAsync(history, Database);

    /// <summary>Keeps what the processes printed, for whoever looks why a run failed.</summary>
    public async Task SaveLogsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var number = 0;
        foreach (var process in All.Concat(ended).Distinct())
            await File.WriteAllTextAsync(Path.Combine(folder, $"process-{++number}-{process.Id}.log"), process.Output);
    }

    public async ValueTask DisposeAsync()
    {
        // One whose successor did not start is in both.
        foreach (var process in All.Concat(ended).Distinct())
            await process.DisposeAsync();
        Gateway?.Http.Dispose();
        Console?.Http.Dispose();
        await Redis.DisposeAsync();
        await PostgreSql.DisposeAsync();
    }

    private IEnumerable<SiloProgram> All => new[] { Gateway?.Process, Console?.Process }.Concat(SiloProcesses).OfType<SiloProgram>();

    private async Task<Door> Run(string role, int port, params string[] flags)
    {
        var process = SiloProgram.Start(
            environment, ["run", "--roles", role, "--listen", $"http://127.0.0.1:{port}", "--metrics-port", "0", .. flags, .. more]);
        try
        {
            await process.WaitForLineAsync(SiloProgram.ReadyLine());
        }
        catch
        {
            ended.Add(process);
            throw;
        }

        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = role == "console" ? new AuthenticationHeaderValue("Bearer", OperatorToken) : null;
        return new Door(process, port, http, AgentToken);
    }
}

/// <summary>A process that serves HTTP, and how it is reached.</summary>
internal sealed record Door(SiloProgram Process, int Port, HttpClient Http, string AgentToken)
{
    public Uri Socket(string path) => new($"ws://127.0.0.1:{Port}{path}");
}

/// <summary>One cluster of processes for all tests that bring about faults: they follow one another in a system that lives on.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    internal ClusterOfProcesses Processes { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Missing("redis", "postgresql") is null)
            Processes = await ClusterOfProcesses.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Processes is not null)
            await Processes.DisposeAsync();
    }
}

[CollectionDefinition(nameof(SharedCluster))]
public sealed class SharedClusterTests : ICollectionFixture<SharedCluster>;
