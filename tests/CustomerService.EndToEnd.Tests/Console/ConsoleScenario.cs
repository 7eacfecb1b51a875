using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerService.EndToEnd.Console;

/// <summary>A test with a system of its own, and what customers say to it.</summary>
public abstract class ConsoleScenario : IAsyncLifetime
{
    private protected const string Complaint = "I am furious! This is the third broken kettle. I want to complain, this is unacceptable!";

    private protected ConsoleSystem _system = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is not null)
            _system = await StartAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();
    }

    private protected virtual Task<ConsoleSystem> StartAsync() => ConsoleSystem.StartAsync();

    /// <summary>A new customer writes by the chat's API.</summary>
    private protected async Task SayAsync(string conversation, string text)
    {
        using var outside = new HttpClient { BaseAddress = _system.Address };
        using var session = await outside.PostAsJsonAsync("api/chat/sessions", new { });
        var token = JsonNode.Parse(await session.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
        outside.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var said = await outside.PostAsJsonAsync("api/chat/messages", new { conversationId = conversation, messageId = "m-1", text });
        said.EnsureSuccessStatusCode();
    }
}
