using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Tests;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.EndToEnd.Console;

/// <summary>Conversations of days ago, written into a system's folder as the system would have at that time.</summary>
internal static class PastConversations
{
    /// <param name="said">By the conversation's id; an assistant has answered each.</param>
    public static async Task WriteAsync(string folder, TimeSpan ago, params IEnumerable<(string Conversation, string Text)> said)
    {
        var then = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - ago);
        await using var store = SqliteStore.Open(folder);
        using var host = new InProcessHost(GrainCatalog.All, store, _ => [new Assistant()], time: then);
        await host.StartAsync();
        foreach (var (conversation, text) in said)
        {
            var message = new Interaction($"{conversation}-m1", ChannelNames.Chat, $"visitor-of-{conversation}", text, then.GetUtcNow());
            Assert.IsNotType<Refused>(await host.Inside.AskAsync(Grain.Conversation(conversation), new ReceiveMessage(message)));
            while (await host.Inside.AskAsync(Grain.Conversation(conversation), new GetConversation()) is not ConversationView { LastSequence: 2 })
                await Task.Yield();
        }

        await host.StopAsync();
    }

    private sealed class Assistant : IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var run = (RunPipeline)work;
            return ValueTask.FromResult<Command?>(new CompleteRun(run.MessageId, new RunOutcome
            {
                Answer = new OutgoingMessage("It arrives tomorrow.", [], []),
                Signals = MessageSignals.Unknown,
                ResolutionType = ResolutionTypes.Automated,
                Log = new InteractionLog($"ticket-of-{run.ConversationId}", "An order", "solved", "", ImmutableDictionary<string, string>.Empty),
                Trace = "{}",
            }));
        }
    }
}
