using CustomerService.Gateway.Tests.Support;

namespace CustomerService.EndToEnd.Console;

/// <summary>The real program from its first start on, and browsers of the people who use it.</summary>
internal sealed class ConsoleSystem : ConsoleDoor
{
    private readonly TestFolder _folder = new();
    private readonly string[] _flags;

    private ConsoleSystem(ChatBrowser browser, string[] flags)
        : base(browser, SiloProgram.FreePort()) => _flags = flags;

    public SiloProgram Program { get; private set; } = null!;

    /// <param name="flags">More of the command line.</param>
    public static async Task<ConsoleSystem> StartAsync(params string[] flags)
    {
        var system = new ConsoleSystem(await ChatBrowser.StartAsync(), flags);
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

    private async Task RunAsync() => Program = await SiloProgram.RunAsync(_folder.Path, Address.Port, _flags);
}
