using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Responses;

/// <summary>Shows the customer that an answer is being written, as long as pieces of it come. Never the pieces: what is unchecked stays inside.</summary>
public sealed class WritingSign(IHints? hints)
{
    /// <summary>A sign holds some seconds; more often than this would be noise.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Gives the first sign now; what it returns is to be told of each piece.</summary>
    internal Action<string>? Begin(RunScope run)
    {
        if (hints is null)
            return null;
        var conversation = Grain.Conversation(run.Context.ConversationId);
        hints.Send(conversation, TypingHints.Assistant);
        var last = run.Time.GetTimestamp();
        return _ =>
        {
            if (run.Time.GetElapsedTime(last) < Every)
                return;
            last = run.Time.GetTimestamp();
            hints.Send(conversation, TypingHints.Assistant);
        };
    }
}
