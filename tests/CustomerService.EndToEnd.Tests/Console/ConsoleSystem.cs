using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>The real program from its first start on, and browsers of the people who use it.</summary>
internal sealed partial class ConsoleSystem : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly int _port = SiloProgram.FreePort();
    private string _firstPassword = "";

    private readonly string[] _flags;

    private ConsoleSystem(ChatBrowser browser, string[] flags) => (Browser, _flags) = (browser, flags);

    public ChatBrowser Browser { get; }

    public SiloProgram Program { get; private set; } = null!;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <param name="flags">More of the command line.</param>
    public static async Task<ConsoleSystem> StartAsync(params string[] flags)
    {
        var system = new ConsoleSystem(await ChatBrowser.StartAsync(), flags);
        await system.RunAsync();
        system._firstPassword = SignInLine().Match(await system.Program.WaitForLineAsync(SignInLine())).Groups[1].Value;
        return system;
    }

    /// <summary>The API, as operators may use it.</summary>
    public async Task<HttpClient> StaffAsync()
    {
        var token = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "keys", "operator-token"));
        return new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token.Trim()) } };
    }

    /// <summary>SIGKILL, and the same system again on the same folder and port.</summary>
    public async Task KillAndRunAsync()
    {
        await Program.KillAsync();
        await Program.DisposeAsync();
        await RunAsync();
    }

    /// <summary>The administrator of the first start, who has chosen a password.</summary>
    public Task<IPage> AdministratorAsync() => NewcomerAsync("admin", _firstPassword);

    /// <summary>Somebody on a device of their own, at their first sign-in: they choose a password, and see the console.</summary>
    public async Task<IPage> NewcomerAsync(string name, string oneTime, bool dark = false)
    {
        var page = await Browser.OpenAsync(new Uri(Address, "console"), width: 1440, height: 900, dark: dark);
        await SignInAsync(page, name, oneTime);
        await page.GetByLabel("Present password").FillAsync(oneTime);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(PasswordOf(name));
        await page.GetByLabel("New password again").FillAsync(PasswordOf(name));
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Assertions.Expect(page.Locator("nav.places")).ToBeVisibleAsync();
        return page;
    }

    public static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Name or e-mail").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public static string PasswordOf(string name) => $"{name} keeps seven green kettles";

    /// <summary>An agent with a desk, made by the administrator's own clicks.</summary>
    public async Task<IPage> AgentAsync(IPage administrator, string id, string name)
    {
        await administrator.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Add somebody" }).ClickAsync();
        await administrator.Locator("#person-id").FillAsync(id);
        await administrator.Locator("#person-name").FillAsync(name);
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        var password = await administrator.Locator(".told code").TextContentAsync();
        var row = administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
        await row.GetByRole(AriaRole.Button, new() { Name = "Desk" }).ClickAsync();
        await Assertions.Expect(administrator.Locator(".rz-dialog input[type=checkbox]").First).ToBeVisibleAsync();
        foreach (var queue in await administrator.Locator(".rz-dialog input[type=checkbox]").AllAsync())
            await queue.CheckAsync();
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(administrator.Locator(".rz-dialog")).ToHaveCountAsync(0);
        await administrator.GetByRole(AriaRole.Button, new() { Name = "I have told them" }).ClickAsync();
        return await NewcomerAsync(id, password!);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RunAsync() => Program = await SiloProgram.RunAsync(_folder.Path, _port, _flags);

    [GeneratedRegex(@"sign in .* as admin with (\S+)")]
    private static partial Regex SignInLine();
}
