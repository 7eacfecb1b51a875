using System.Collections.Concurrent;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;

namespace CustomerService.Tests.Scenarios;

/// <summary>Stands in for the pipeline: answers each message about itself, unless a scenario says what comes of a conversation's runs.</summary>
public sealed class ScriptedAssistant
{
    private readonly ConcurrentDictionary<string, Func<RunContext, CancellationToken, Task<RunOutcome>>> scripts = new();
    private readonly ConcurrentQueue<(string Conversation, string Message)> begun = new();

    /// <summary>The ids of a conversation's messages whose runs began, in that order; a run that was repeated is there again.</summary>
    public string[] RunsOf(GrainId conversation) => [.. begun.Where(run => run.Conversation == conversation.Key).Select(run => run.Message)];

    public void For(GrainId conversation, Func<RunContext, CancellationToken, Task<RunOutcome>> script) => scripts[conversation.Key] = script;

    public void For(GrainId conversation, Func<RunContext, RunOutcome> script) => For(conversation, (context, _) => Task.FromResult(script(context)));

    public static RunOutcome Answer(RunContext context) => new()
    {
        Signals = MessageSignals.Unknown,
        ResolutionType = ResolutionTypes.Automated,
        Answer = new OutgoingMessage($"About {context.Message.Id}.", [], []),
    };

    public static RunOutcome HandOver(RunContext context, string queue, int priority = 0) => Answer(context) with
    {
        ResolutionType = ResolutionTypes.Human,
        Handoff = new HandoffPackage(queue, priority, "The customer asked for a person.", context.Message.Content, [], []),
    };

    /// <summary>One that works in a host which asks grains in this way.</summary>
    public IWorkPerformer WorkingFor(IGrainClient grains) => new Performer(this, grains);

    private sealed class Performer(ScriptedAssistant assistant, IGrainClient grains) : IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var run = (RunPipeline)work;
            if (await grains.AskAsync(origin, new GetRunContext(run.MessageId), cancellation) is not RunContext context)
                return null;

            assistant.begun.Enqueue((origin.Key, run.MessageId));
            var outcome = assistant.scripts.TryGetValue(origin.Key, out var script) ? await script(context, cancellation) : Answer(context);
            return new CompleteRun(run.MessageId, outcome);
        }
    }
}
