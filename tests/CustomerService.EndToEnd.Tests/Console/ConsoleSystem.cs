using CustomerService.Gateway.Tests.Support;

namespace CustomerService.EndToEnd.Console;

/// <summary>The real program from its first start on, and browsers of the people who use it.</summary>
internal sealed class ConsoleSystem : ConsoleDoor
{
    private readonly TestFolder _folder = new();
    private readonly KeyValuePair<string, string>[] _environment;
    private readonly string[] _flags;

    private ConsoleSystem(ChatBrowser browser, KeyValuePair<string, string>[] environment, string[] flags)
        : base(browser, SiloProgram.FreePort()) => (_environment, _flags) = (environment, flags);

    /// <summary>The folder where it keeps everything.</summary>
    public string Data => _folder.Path;

    public SiloProgram Program { get; private set; } = null!;

    /// <param name="flags">More of the command line.</param>
    public static Task<ConsoleSystem> StartAsync(params string[] flags) => StartAsync([], flags);

    /// <param name="before">What its folder has before its first start.</param>
    /// <param name="flags">More of the command line.</param>
    public static async Task<ConsoleSystem> StartOnAsync(Func<string, Task> before, params string[] flags)
    {
        var system = new ConsoleSystem(await ChatBrowser.StartAsync(), [], flags);
        await before(system.Data);
        await system.RunAsync();
        await system.ReadFirstPasswordAsync(system.Program);
        return system;
    }

    /// <param name="environment">Variables of its own.</param>
    /// <param name="flags">More of the command line.</param>
    public static async Task<ConsoleSystem> StartAsync(KeyValuePair<string, string>[] environment, params string[] flags)
    {
        var system = new ConsoleSystem(await ChatBrowser.StartAsync(), environment, flags);
        await system.RunAsync();
        await system.ReadFirstPasswordAsync(system.Program);
        return system;
    }

    /// <summary>The API, as operators may use it.</summary>
    public async Task<HttpClient> StaffAsync() => StaffWith((await File.ReadAllTextAsync(Path.Combine(_folder.Path, "keys", "operator-token"))).Trim());

    /// <summary>SIGKILL, and the same system again on the same folder and port.</summary>
    public async Task KillAndRunAsync()
    {
        await Program.KillAsync();
        await Program.DisposeAsync();
        await RunAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        Program = SiloProgram.Start(_environment, ["run", "--data", Data, "--listen", Address.ToString(), "--metrics-port", "0", .. _flags]);
        await Program.WaitForLineAsync(SiloProgram.ReadyLine());
    }
}
