using CustomerService.Grains.Conversations;

namespace CustomerService.Pipelines.Actions;

/// <summary>What belongs to one run: the message and its conversation as they stood, the clock, and the outcome under construction.</summary>
public sealed class RunScope(RunContext context, TimeProvider time)
{
    public RunContext Context { get; } = context;

    public TimeProvider Time { get; } = time;

    /// <summary>When the run started.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public RunDraft Draft { get; } = new();
}
