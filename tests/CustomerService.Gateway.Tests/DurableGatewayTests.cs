using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

/// <summary>The gateway in front of the real runtime on SQLite.</summary>
public sealed class DurableGatewayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Over_lost_connections_and_restarts_nothing_is_lost_repeated_or_out_of_order(int seed)
    {
        const int messages = 25;
        var random = new Random(seed);
        var seen = new List<JsonNode>();
        var accepted = 0;
        var starts = 0;
        string? token = null;

        while (seen.Count < 2 * messages)
        {
            starts++;
            await using var world = await DurableWorld.StartAsync(_folder.FullName);
            token ??= (await world.Gateway.BeginSessionAsync()).Token;
            for (var connection = 0; connection < 3 && seen.Count < 2 * messages; connection++)
            {
                await using var page = await SocketClient.OpenAsync(world.Gateway, token, "c-1", after: seen.Count);
                for (var number = accepted + 1; number <= Math.Min(messages, accepted + random.Next(1, 5)); number++)
                    await page.SendAsync(new { type = "message", id = $"m-{number}", text = $"Message {number}" });

                for (var frames = random.Next(2, 20); frames > 0 && seen.Count < 2 * messages; frames--)
                {
                    var frame = await page.ReadAsync() ?? throw new InvalidOperationException("The server closed.");
                    if (frame["type"]!.GetValue<string>() == "message")
                        seen.Add(frame);
                    else if (frame["type"]!.GetValue<string>() == "accepted" && frame["id"]!.GetValue<string>() == $"m-{accepted + 1}" && ++accepted < messages)
                        await page.SendAsync(new { type = "message", id = $"m-{accepted + 1}", text = $"Message {accepted + 1}" });
                }
            }
        }

        Assert.True(starts > 1, $"seed {seed} never restarted");
        Assert.Equal(Enumerable.Range(1, 2 * messages), seen.Select(frame => frame["sequence"]!.GetValue<int>()));
        foreach (var (author, id) in (ReadOnlySpan<(string, string)>)[("customer", "id"), ("assistant", "inReplyTo")])
        {
            Assert.Equal(
                Enumerable.Range(1, messages).Select(number => $"m-{number}"),
                seen.Where(frame => frame["author"]!.GetValue<string>() == author).Select(frame => frame[id]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Many_senders_at_once_are_all_answered_and_all_there_after_a_restart()
    {
        const int senders = 25;
        var conversations = new Dictionary<string, string>();
        await using (var world = await DurableWorld.StartAsync(_folder.FullName))
        {
            var tokens = await Task.WhenAll(Enumerable.Range(0, senders).Select(async sender =>
            {
                var answer = await world.Gateway.SayAsync(null, $"Hello from {sender}", $"c-{sender}", "m-1");
                var token = answer.Json["token"]!.GetValue<string>();
                await world.Gateway.MessagesAsync(token, $"c-{sender}", 2);
                return token;
            }));
            for (var sender = 0; sender < senders; sender++)
                conversations.Add($"c-{sender}", tokens[sender]);
        }

        await using var again = await DurableWorld.StartAsync(_folder.FullName);
        foreach (var (conversation, token) in conversations)
        {
            var texts = (await again.Gateway.ReadAsync(token, conversation)).Json["messages"]!.AsArray().Select(message => message!["text"]!.GetValue<string>()).ToList();
            Assert.Equal([$"Hello from {conversation[2..]}", $"You said: Hello from {conversation[2..]}"], texts);
            Assert.True((await again.Gateway.SayAsync(token, "again", conversation, "m-1")).Json["duplicate"]!.GetValue<bool>());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
