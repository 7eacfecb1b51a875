using System.Collections.Concurrent;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;

namespace CustomerService.Tests.Scenarios;

/// <summary>Stands in for translators: puts the language before a reply's text, when a scenario lets it; customers' messages nobody needs translated.</summary>
public sealed class ScriptedInterpreter
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, Task>> gates = new();

    public IReadOnlyList<IWorkPerformer> Performers => [new Replies(this), new Lines()];

    /// <summary>What a reply's translation waits for.</summary>
    public void For(string messageId, Func<CancellationToken, Task> gate) => gates[messageId] = gate;

    private sealed class Replies(ScriptedInterpreter interpreter) : IWorkPerformer
    {
        public Type Handles => typeof(TranslateReply);

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var reply = (TranslateReply)work;
            if (interpreter.gates.TryGetValue(reply.MessageId, out var gate))
                await gate(cancellation);
            return new FinishReply(reply.MessageId, reply.Attempt) { Text = $"{reply.To}: {reply.Text}", From = reply.From, Provider = "scripted" };
        }
    }

    private sealed class Lines : IWorkPerformer
    {
        public Type Handles => typeof(TranslateLines);

        public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation) => ValueTask.FromResult<Command?>(null);
    }
}
