using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>A process with the console, whatever lies behind it, and browsers of the people who use it.</summary>
internal partial class ConsoleDoor(ChatBrowser browser, int port) : IAsyncDisposable
{
    private string _firstPassword = "";

    public ChatBrowser Browser => browser;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}/");

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

    /// <summary>Takes what is offered, until what is written is a reply: before the conversation is theirs it would be a note.</summary>
    public static async Task AcceptAsync(IPage agent)
    {
        await agent.Locator(".offer").GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(agent.GetByRole(AriaRole.Tab, new() { Name = "Reply", Selected = true })).ToBeVisibleAsync();
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

    /// <summary>An agent with a desk for every queue, made by the API; they have signed in.</summary>
    public async Task<IPage> AgentAsync(HttpClient staff, string id, string name)
    {
        var queues = JsonNode.Parse(await staff.GetStringAsync("api/queues"))!["queues"]!.AsArray().Select(queue => (string?)queue!["name"]);
        using var desk = await staff.PutAsJsonAsync($"api/agents/{id}", new { name, queues, skills = Array.Empty<string>(), capacity = 3 });
        desk.EnsureSuccessStatusCode();
        return await PersonAsync(staff, id, name, "agent");
    }

    /// <summary>Somebody new with a role, made by the API; they have signed in.</summary>
    public async Task<IPage> PersonAsync(HttpClient staff, string id, string name, string role)
    {
        using var added = await staff.PostAsJsonAsync("api/people", new { id, name, email = $"{id}@shop.example", roles = new[] { role } });
        var oneTime = JsonNode.Parse(await added.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["password"]!.GetValue<string>();
        return await NewcomerAsync(id, oneTime);
    }

    /// <summary>The process prints it once, for the first administrator.</summary>
    public async Task ReadFirstPasswordAsync(SiloProgram program) => _firstPassword = SignInLine().Match(await program.WaitForLineAsync(SignInLine())).Groups[1].Value;

    public virtual ValueTask DisposeAsync() => browser.DisposeAsync();

    protected HttpClient StaffWith(string token) => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    [GeneratedRegex(@"sign in .* as admin with (\S+)")]
    private static partial Regex SignInLine();
}
