using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class ChatSocketResumeTests
{
    private const int Messages = 30;

    /// <summary>A page that sends, loses its connection at random points, and comes back with what it has: at the end it has everything once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task After_a_lost_connection_nothing_is_lost_or_repeated(int seed)
    {
        var random = new Random(seed);
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        var seen = new List<JsonNode>();
        var waiting = new Queue<string>(Enumerable.Range(1, Messages).Select(number => $"m-{number}"));
        var cuts = 0;

        while (seen.Count < 2 * Messages)
        {
            await using var page = await SocketClient.OpenAsync(gateway, token, "c-1", after: seen.Count);
            var framesUntilCut = random.Next(1, 25);
            foreach (var id in waiting.Take(random.Next(1, 6)))
                await page.SendAsync(new { type = "message", id, text = $"Message {id}" });

            while (framesUntilCut-- > 0 && seen.Count < 2 * Messages)
            {
                var frame = await page.ReadAsync() ?? throw new InvalidOperationException("The server closed.");
                switch (frame["type"]!.GetValue<string>())
                {
                    case "message":
                        seen.Add(frame);
                        break;
                    case "accepted" when waiting.TryPeek(out var next) && next == frame["id"]!.GetValue<string>():
                        waiting.Dequeue();
                        if (waiting.TryPeek(out var following))
                            await page.SendAsync(new { type = "message", id = following, text = $"Message {following}" });
                        break;
                }
            }

            cuts++;
        }

        Assert.True(cuts > 1, $"seed {seed} never cut");
        Assert.Equal(Enumerable.Range(1, 2 * Messages), seen.Select(frame => frame["sequence"]!.GetValue<int>()));
        Assert.Equal(
            Enumerable.Range(1, Messages).Select(number => $"m-{number}"),
            seen.Where(frame => frame["author"]!.GetValue<string>() == "customer").Select(frame => frame["id"]!.GetValue<string>()));
        Assert.Equal(
            Enumerable.Range(1, Messages).Select(number => $"m-{number}"),
            seen.Where(frame => frame["author"]!.GetValue<string>() == "assistant").Select(frame => frame["inReplyTo"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_restarted_server_goes_on_where_the_page_stood()
    {
        var world = new GrainWorld();
        var first = await RunningGateway.StartAsync(world);
        var token = (await first.BeginSessionAsync()).Token;
        await using (var page = await SocketClient.OpenAsync(first, token, "c-1"))
        {
            await page.SendAsync(new { type = "message", id = "m-1", text = "Before" });
            await page.ReadAsync("message", frame => frame["sequence"]!.GetValue<int>() == 2);
        }

        await first.DisposeAsync();
        await using var second = await RunningGateway.StartAsync(world);
        await second.SayAsync(token, "Between", "c-1", "m-2");
        await using var again = await SocketClient.OpenAsync(second, token, "c-1", after: 2);

        Assert.Equal(3, (await again.ReadAsync("message"))["sequence"]!.GetValue<int>());
        Assert.Equal("You said: Between", (await again.ReadAsync("message"))["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_page_that_reads_slowly_gets_everything_and_costs_a_bounded_buffer()
    {
        const int many = 400;
        var text = new string('x', 8_000);
        await using var gateway = await RunningGateway.StartAsync(options: RunningGateway.Options with { VisitorLimit = new RateLimit(10_000, 10_000) });
        var token = (await gateway.BeginSessionAsync()).Token;
        await using var slow = await SocketClient.OpenAsync(gateway, token, "c-1");
        await slow.ReadAsync("status");

        // Sends without reading: 6 MB of frames pile up, far more than the socket's own buffers and the feed's hold.
        for (var number = 1; number <= many; number++)
            Assert.Equal(202, (int)(await gateway.SayAsync(token, text, "c-1", $"m-{number}")).Status);
        var sequences = new List<int>();
        while (sequences.Count < 2 * many)
            sequences.Add((await slow.ReadAsync("message"))["sequence"]!.GetValue<int>());

        Assert.Equal(Enumerable.Range(1, 2 * many), sequences);
    }

    [Fact]
    public async Task Two_pages_of_one_visitor_see_the_same()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        await using var one = await SocketClient.OpenAsync(gateway, token, "c-1");
        await using var two = await SocketClient.OpenAsync(gateway, token, "c-1");

        await one.SendAsync(new { type = "message", id = "m-1", text = "From one" });
        await two.ReadAsync("message", frame => frame["sequence"]!.GetValue<int>() == 2);
        await two.SendAsync(new { type = "message", id = "m-1", text = "From one" });

        Assert.True((await two.ReadAsync("accepted"))["duplicate"]!.GetValue<bool>());
        await one.ReadAsync("message", frame => frame["sequence"]!.GetValue<int>() == 2);
    }
}
