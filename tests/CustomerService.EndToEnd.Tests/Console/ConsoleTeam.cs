using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>A running system in which somebody of each role has signed in, and a hostile customer waits for an answer.</summary>
public sealed class ConsoleTeam : IAsyncLifetime
{
    private readonly Dictionary<string, IPage> _pages = [];

    internal ConsoleSystem System { get; private set; } = null!;

    /// <summary>The hostile customer's conversation.</summary>
    internal string Conversation { get; } = "hostile-1";

    internal IPage PageOf(string role) => _pages[role];

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is null)
            return;
        System = await ConsoleSystem.StartAsync();
        using var staff = await System.StaffAsync();
        await InviteAttackerAsync(staff);
        foreach (var (id, name) in new[] { ("admin", "Administrator"), (ConsolePages.Agent, "The agent") })
        {
            using var desk = await staff.PutAsJsonAsync($"api/agents/{id}", new { name, queues = new[] { "general" }, skills = new[] { "complaint" }, capacity = 3 });
            desk.EnsureSuccessStatusCode();
        }

        _pages[ConsolePages.Administrator] = await System.AdministratorAsync();
        foreach (var role in ConsolePages.Roles.Where(role => role != ConsolePages.Administrator))
        {
            using var added = await staff.PostAsJsonAsync("api/people", new { id = role, name = $"The {role}", email = $"{role}@shop.example", roles = new[] { role } });
            var oneTime = JsonNode.Parse(await added.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["password"]!.GetValue<string>();
            _pages[role] = await System.NewcomerAsync(role, oneTime);
        }
    }

    public async Task DisposeAsync()
    {
        if (System is not null)
            await System.DisposeAsync();
    }

    /// <summary>Markup in all that customers have a say in: what they write, their name, their address, who writes for them.</summary>
    private async Task InviteAttackerAsync(HttpClient staff)
    {
        using var outside = new HttpClient { BaseAddress = System.Address };
        using var session = await outside.PostAsJsonAsync("api/chat/sessions", new { });
        var token = JsonNode.Parse(await session.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
        outside.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var payloads = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "xss-payloads.txt"));
        var number = 0;
        foreach (var some in payloads.Where(line => line.Length > 0).Chunk(20).Append(["I am furious! I want to complain to a person."]))
        {
            using var said = await outside.PostAsJsonAsync("api/chat/messages", new { conversationId = Conversation, messageId = $"x-{++number}", text = string.Join('\n', some) });
            said.EnsureSuccessStatusCode();
        }

        var conversation = JsonNode.Parse(await staff.GetStringAsync($"api/conversations/{Conversation}"))!;
        var customer = conversation["internal"]!["customerId"]!.GetValue<string>();
        using var named = await staff.PutAsJsonAsync($"api/customers/{customer}", new { name = payloads[0], tier = "gold" });
        named.EnsureSuccessStatusCode();
    }
}
