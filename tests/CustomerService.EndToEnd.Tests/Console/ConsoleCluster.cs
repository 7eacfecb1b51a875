#if ORLEANS
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.EndToEnd.Console;

/// <summary>Two silos, a gateway and a console, each a process of its own, as they run on several machines.</summary>
internal sealed class ConsoleCluster : ConsoleDoor
{
    private const string OperatorToken = "the operators' token of a test";

    /// <summary>Raised as soon as somebody is there, so that one need not wait for trouble.</summary>
    private const string Alerts = """
        alerts:
          - name: somebody is there
            figure: agents_present
            above: 0
            when_closed: true
            severity: warning
            tell: [administrator]
        """;

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _environment;
    private readonly List<SiloProgram> _programs = [];

    private ConsoleCluster(ChatBrowser browser, Dictionary<string, string> environment)
        : base(browser, SiloProgram.FreePort()) => _environment = environment;

    /// <summary>Where customers come in.</summary>
    public Uri Gateway { get; } = new($"http://127.0.0.1:{SiloProgram.FreePort()}/");

    /// <summary>In the order of their start.</summary>
    public IReadOnlyList<SiloProgram> Silos => [.. _programs.Take(2)];

    /// <param name="redis">Where they find one another.</param>
    /// <param name="database">One with the program's tables.</param>
    public static async Task<ConsoleCluster> StartAsync(string redis, string database)
    {
        var cluster = new ConsoleCluster(await ChatBrowser.StartAsync(), new()
        {
            ["CUSTOMERSERVICE_CLUSTER"] = redis,
            ["CUSTOMERSERVICE_DATABASE"] = database,
            ["CUSTOMERSERVICE_OPERATOR_TOKEN"] = OperatorToken,
            ["CUSTOMERSERVICE_FAILURE_DETECTION"] = "fast",
        });
        TestFolder.CopyContent(cluster.Content);
        await File.WriteAllTextAsync(Path.Combine(cluster.Content, "alerts.yaml"), Alerts);
        foreach (var name in new[] { "one", "two" })
            cluster.Start("silo", $"http://127.0.0.1:{SiloProgram.FreePort()}", name, "--silo-port", "0", "--client-port", "0");
        cluster.Start("gateway", cluster.Gateway.ToString(), "gateway");
        var console = cluster.Start("console", cluster.Address.ToString(), "console");
        foreach (var program in cluster._programs)
            await program.WaitForLineAsync(SiloProgram.ReadyLine());
        await cluster.ReadFirstPasswordAsync(console);
        return cluster;
    }

    private string Content => Path.Combine(_folder.Path, "content");

    /// <summary>The API, as operators may use it.</summary>
    public HttpClient Staff() => StaffWith(OperatorToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var program in _programs)
            await program.DisposeAsync();
        _folder.Dispose();
    }

    private SiloProgram Start(string roles, string listen, string name, params IEnumerable<string> more)
    {
        var program = SiloProgram.Start(
            _environment, ["run", "--roles", roles, "--listen", listen, "--metrics-port", "0", "--content", Content, "--data", Path.Combine(_folder.Path, name), .. more]);
        _programs.Add(program);
        return program;
    }
}
#endif
