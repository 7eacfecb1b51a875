using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Webhooks;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Silo.Tests.Crm;

/// <summary>The system as <c>run</c> starts it, with outside systems connected.</summary>
public sealed class WholeSystemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MessageInChat_ComesToTheCrmAndTheTicketSystem_AndTheirTicketIdComesBack()
    {
        await using var crm = await WebhookReceiver.StartAsync();
        await using var ticketing = await WebhookReceiver.StartAsync((_, response) => response.WriteAsync("""{"id": "Z-9"}"""));
        await using var silo = await RunningSilo.StartAsync(Settings(crm, ticketing), default);
        using var http = new HttpClient { BaseAddress = silo.Address };

        var session = await PostAsync(http, "api/visitors/v-1/session", silo.AgentToken, null);
        await PostAsync(http, "api/chat/messages", (string)session["token"]!, new JsonObject { ["conversationId"] = "conv-1", ["messageId"] = "m-1", ["text"] = "What are your opening hours?" });

        var activity = (await crm.FirstAsync(1))[0];
        Assert.Equal(("activity.logged", "m-1", "conv-1", "chat"), (activity.Event, activity["interactionId"], activity["conversationId"], activity["channel"]));
        var tickets = await ticketing.FirstAsync(2);
        Assert.Equal(activity["ticketId"], tickets[1]["ticketId"]);
        await silo.App.Services.GetRequiredService<IJournal>().SeenAsync<TicketLinked>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", silo.AgentToken);
        Assert.Equal("Z-9", (string?)JsonNode.Parse(await http.GetStringAsync($"api/tickets/{tickets[0]["ticketId"]}"))!["externalId"]);
        var figures = await http.GetStringAsync("metrics");
        Assert.Contains("crm_deliveries_total{destination=\"ticketing\",outcome=\"delivered\"}", figures, StringComparison.Ordinal);
        Assert.Contains("crm_feed_lag_events{destination=\"crm\"} ", figures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenPosition_IsToldInOneLine()
    {
        await using var crm = await WebhookReceiver.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "crm.position"), "?");

        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => RunningSilo.StartAsync(Settings(crm, crm), default));

        Assert.Contains("crm.position, line 1", failure.Message, StringComparison.Ordinal);
    }

    private SiloSettings Settings(WebhookReceiver crm, WebhookReceiver ticketing) => new()
    {
        DataFolder = _folder.Path,
        Content = ContentFolder.Find(null),
        Listen = "http://127.0.0.1:0",
        MetricsPort = 0,
        Quiet = true,
        CrmWebhook = new WebhookSettings(crm.Address, WebhookReceiver.Secret),
        TicketWebhook = new WebhookSettings(ticketing.Address, WebhookReceiver.Secret),
    };

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, string token, JsonObject? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
