using CustomerService.Grains.Conversations;

namespace CustomerService.Pipelines.Actions;

/// <summary>What belongs to one run: the message and its conversation as they stood, the clock, and the outcome under construction.</summary>
public sealed class RunScope(RunContext context, TimeProvider time)
{
    private readonly List<object> _shared = [];

    public RunContext Context { get; } = context;

    public TimeProvider Time { get; } = time;

    /// <summary>When the run started.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public RunDraft Draft { get; } = new();

    /// <summary>Takes out of a text what nobody needs to see again, before it is kept in a trace or passed on with a ticket. Left out: nothing is.</summary>
    public Func<string, string> Redact { get; init; } = static text => text;

    /// <summary>
    /// The run's one <typeparamref name="T"/>, made when first asked for: what a project's actions share within a run, so that
    /// none computes it twice. Tasks may ask side by side.
    /// </summary>
    public T Share<T>()
        where T : class, new()
    {
        lock (_shared)
        {
            foreach (var candidate in _shared)
            {
                if (candidate is T known)
                    return known;
            }

            var made = new T();
            _shared.Add(made);
            return made;
        }
    }
}
