using System.Globalization;
using CustomerService.Bench.Traffic;
using CustomerService.Gateway.Chat;

namespace CustomerService.Bench.Running;

/// <summary>Holds many short conversations, side by side.</summary>
internal sealed class Conversations(BenchSystem system, CustomerTexts texts, int messagesEach)
{
    private const int AtOnce = 256;

    public static string Id(int n) => string.Create(CultureInfo.InvariantCulture, $"c-{n:000000}");

    /// <summary>Holds conversations number <paramref name="from"/> to before <paramref name="to"/>; ends when nothing of them is left to do.</summary>
    public async Task HoldAsync(int from, int to, CancellationToken cancellation)
    {
        using (var watch = new OutcomeWatch(system.Host.Journal))
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(from, to - from),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (n, _) => await HoldAsync(watch, n));
        }

        // Tickets and customers' records are told after the outcome.
        await system.Store.WhenSettledAsync();
    }

    private async Task HoldAsync(OutcomeWatch watch, int n)
    {
        var conversation = Id(n);
        for (var m = 0; m < messagesEach; m++)
        {
            var message = new SendMessage
            {
                ConversationId = conversation,
                MessageId = string.Create(CultureInfo.InvariantCulture, $"{conversation}-{m}"),
                Text = texts.Answered[(n + m) % texts.Answered.Length],
            };
            var outcome = watch.Expect(message.MessageId);
            await system.Intake.AcceptAsync($"visitor-{conversation}", message, null, CancellationToken.None);
            await outcome;
        }

        watch.Forget(conversation);
    }
}
