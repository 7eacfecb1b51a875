using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Playing;

namespace CustomerService.Silo.Demo;

/// <summary>One customer from the first message to the last word: writes, waits for an answer, thinks, writes on.</summary>
/// <param name="customers">Without the staff's token.</param>
internal sealed class PlayedVisitor(HttpClient customers, ProviderDoor networks, DemoDoor staff, string secret, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly ImmutableArray<string> Tiers = ["standard", "standard", "standard", "standard", "silver", "silver", "gold", "platinum"];

    public async Task LiveAsync(DemoStories language, Random random, CancellationToken cancellation)
    {
        var person = language.People[random.Next(language.People.Length)];
        var story = language.Stories[random.Next(language.Stories.Length)];
        var chat = random.Next(100) < 55 ? new ChatRoute(customers) : null;
        var route = chat ?? (IMessageRoute)NetworkOf(person, random);
        var (conversation, seen) = ("", 0L);
        foreach (var line in story)
        {
            var said = await route.SayAsync(person.Say(line), cancellation);
            if (conversation.Length == 0)
            {
                conversation = said.Conversation;
                await IntroduceAsync(conversation, person, language.Language, Tiers[random.Next(Tiers.Length)], cancellation);
            }

            if (await staff.NextAnswerAsync(conversation, seen, Patience, time, cancellation) is not { } answer)
                return; // Nobody answers: whoever waits for too long goes.
            seen = answer;
            await ThinkAsync(random, cancellation);
        }

        if (chat?.Token is { } token)
            await RateAsync(conversation, token, random, cancellation);
    }

    /// <summary>Mail addresses are the sample shop's; numbers and ids belong to nobody.</summary>
    private NeutralRoute NetworkOf(DemoPerson person, Random random)
    {
        var (name, channel) = DemoAccounts.All[random.Next(DemoAccounts.All.Count)];
        var from = channel switch
        {
            "email" => person.Email.Replace("@", $"+{random.Next(1_000)}@", StringComparison.Ordinal), // each visit is a conversation of its own
            "sms" => $"+1202555{random.Next(100, 200):0000}",
            _ => $"{1_000_000_000 + random.Next(10_000)}",
        };
        return new NeutralRoute(DemoAccounts.Settings(name, secret), networks, from, time);
    }

    /// <summary>What a shop's own records would say of them.</summary>
    private async Task IntroduceAsync(string conversation, DemoPerson person, string language, string tier, CancellationToken cancellation)
    {
        if ((string?)(await staff.ConversationAsync(conversation, cancellation))?["internal"]?["customerId"] is { } id)
            await staff.PutAsync($"api/customers/{Uri.EscapeDataString(id)}", new JsonObject { ["name"] = person.Name, ["tier"] = tier, ["language"] = language }, cancellation);
    }

    private Task ThinkAsync(Random random, CancellationToken cancellation) => Task.Delay(TimeSpan.FromSeconds(2 + (random.NextDouble() * 8)), time, cancellation);

    /// <summary>Only what is settled can be rated; some do.</summary>
    private async Task RateAsync(string conversation, string token, Random random, CancellationToken cancellation)
    {
        if (random.Next(3) == 0)
            return;
        await ThinkAsync(random, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/conversations/{conversation}/rating")
        {
            Content = JsonContent.Create(new JsonObject { ["score"] = random.Next(10) < 7 ? random.Next(4, 6) : random.Next(1, 4) }),
            Headers = { Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token) },
        };
        using var _ = await RunningSystem.SendAsync(customers, request, cancellation);
    }
}
