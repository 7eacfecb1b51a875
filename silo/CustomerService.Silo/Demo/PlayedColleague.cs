using System.Text.Json.Nodes;

namespace CustomerService.Silo.Demo;

/// <summary>An agent whom the program plays: takes what is offered, reads, answers twice, resolves.</summary>
internal sealed class PlayedColleague(string id, string name, DemoDoor staff, IReadOnlyDictionary<string, DemoStories> languages, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, int> _replies = [];

    /// <summary>Works until it is told to stop.</summary>
    public async Task WorkAsync(IEnumerable<string> queues, Random random, CancellationToken cancellation)
    {
        await staff.PutAsync($"api/agents/{id}", new JsonObject
        {
            ["name"] = name,
            ["queues"] = new JsonArray([.. queues.Select(queue => JsonValue.Create(queue))]),
            ["skills"] = new JsonArray([.. languages.Keys.Select(language => JsonValue.Create($"language.{language}"))]),
            ["capacity"] = 2,
        }, cancellation);
        await staff.PostAsync($"api/agents/{id}/presence", new JsonObject { ["presence"] = "available" }, cancellation);
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(Look + (Look * random.NextDouble()), time, cancellation);
            if (await staff.GetAsync($"api/agents/{id}", cancellation) is { } desk)
                await WorkOnAsync(desk, random, cancellation);
        }
    }

    private async Task WorkOnAsync(JsonNode desk, Random random, CancellationToken cancellation)
    {
        foreach (var offer in desk["offers"]!.AsArray())
            await staff.PostAsync($"api/agents/{id}/offers/{Uri.EscapeDataString((string)offer!["offerId"]!)}/accept", [], cancellation);
        foreach (var conversation in desk["conversations"]!.AsArray().Select(held => (string)held!))
        {
            if (random.Next(3) > 0) // People read before they write.
                await ServeAsync(conversation, random, cancellation);
        }
    }

    private async Task ServeAsync(string conversation, Random random, CancellationToken cancellation)
    {
        if (await staff.ConversationAsync(conversation, cancellation) is not { } page)
            return;
        var last = page["messages"]!.AsArray().LastOrDefault(message => (string?)message!["author"] is "customer" or "agent");
        var replies = _replies.GetValueOrDefault(conversation);
        var waits = (string?)last?["author"] == "agent" && replies > 0;
        if (waits && replies < 2 && random.Next(12) > 0)
            return; // The customer has the word; now and then one says nothing more.
        if (replies >= 2 || waits)
        {
            await staff.PostAsync($"api/conversations/{conversation}/resolve", new JsonObject { ["agentId"] = id }, cancellation);
            _replies.Remove(conversation);
            return;
        }

        var language = languages.GetValueOrDefault((string?)page["internal"]?["customerLanguage"] ?? "en") ?? languages["en"];
        var lines = replies == 0 ? language.Opens : language.Closes;
        await staff.PostAsync($"api/conversations/{conversation}/replies", new JsonObject
        {
            ["agentId"] = id,
            ["messageId"] = $"{conversation}-{id}-{replies}",
            ["text"] = lines[random.Next(lines.Length)],
            ["language"] = language.Language,
            ["anyway"] = true,
            ["reason"] = "An agent of the demo.",
        }, cancellation);
        _replies[conversation] = replies + 1;
    }
}
