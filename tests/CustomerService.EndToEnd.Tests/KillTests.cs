using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace CustomerService.EndToEnd;

/// <summary>The central promise: whatever was acknowledged survives SIGKILL at any instant, once, answered once, in order.</summary>
public sealed class KillTests
{
    /// <summary><c>CUSTOMERSERVICE_KILLS=200 ./test KillTests</c> is the long form.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("CUSTOMERSERVICE_KILLS") ?? "5", CultureInfo.InvariantCulture);
    private const int Customers = 8;

    /// <summary>In turn: who asks the same twice in a row is given to a person.</summary>
    private static readonly string[] Questions = ["What are your opening hours?", "How do I reset my password?", "How much is shipping?"];

    [Fact]
    public async Task KilledUnderLoadAgainAndAgain_EveryAcknowledgedMessageIsThereOnceAnsweredOnceInOrder()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        using var folder = new TestFolder();
        var port = SiloProgram.FreePort();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(40) };

        var program = await SiloProgram.RunAsync(folder.Path, port);
        var customers = new List<ChatClient>();
        for (var c = 0; c < Customers; c++)
            customers.Add(await ChatClient.OpenAsync(http, $"kill-{c}"));

        var acknowledged = Channel.CreateUnbounded<bool>();
        var sent = new ConcurrentDictionary<string, List<string>>();
        using var done = new CancellationTokenSource();
        var back = new TaskCompletionSource();
        var writers = customers.Select(c => WriteAsync(c)).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            // A random number of acknowledgements after the start, so that the blow falls anywhere in the work.
            for (var left = chance.Next(1, 120); left > 0; left--)
                await acknowledged.Reader.ReadAsync();
            await program.KillAsync();
            var restarted = await SiloProgram.RunAsync(folder.Path, port);
            await program.DisposeAsync();
            program = restarted;
            Interlocked.Exchange(ref back, new TaskCompletionSource()).TrySetResult();
        }

        await done.CancelAsync();
        back.TrySetResult();
        await Task.WhenAll(writers);

        foreach (var customer in customers)
        {
            var ids = sent[customer.Conversation];
            await customer.ReplyToAsync(ids[^1]);
            var messages = (await customer.ReadAsync())["messages"]!.AsArray().Select(m => m!.AsObject()).ToList();
            var received = messages.Where(m => (string?)m["author"] == "customer").Select(m => (string)m["id"]!).ToList();
            var answered = messages.Where(m => m["inReplyTo"] is not null).Select(m => (string)m["inReplyTo"]!).ToList();

            Assert.True(ids.SequenceEqual(received), $"seed {seed}: {customer.Conversation} holds {Describe(received, ids)}");
            Assert.True(ids.SequenceEqual(answered), $"seed {seed}: {customer.Conversation} answered {Describe(answered, ids)}");
            Assert.Equal(messages.Select(m => (long)m["sequence"]!), messages.Select(m => (long)m["sequence"]!).Order());
        }

        Assert.Equal(0, await program.TerminateAsync());
        await program.DisposeAsync();

        // Each customer writes one message after the other; each is sent until it is acknowledged.
        async Task WriteAsync(ChatClient customer)
        {
            var ids = sent[customer.Conversation] = [];
            for (var n = 0; !done.IsCancellationRequested; n++)
            {
                var id = $"{customer.Conversation}-m{n}";
                while (true)
                {
                    var comeback = Volatile.Read(ref back).Task;
                    if (await customer.TrySendAsync(id, Questions[n % Questions.Length]) is not null)
                        break;
                    await Task.WhenAny(comeback, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
                }

                ids.Add(id);
                acknowledged.Writer.TryWrite(true);
            }
        }
    }

    private static string Describe(List<string> found, List<string> wanted) =>
        $"{found.Count} of {wanted.Count}; missing {string.Join(' ', wanted.Except(found).Take(5))}; "
        + $"twice {string.Join(' ', found.GroupBy(f => f).Where(g => g.Count() > 1).Select(g => g.Key).Take(5))}";
}
