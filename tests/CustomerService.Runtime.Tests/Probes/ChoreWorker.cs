using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;

namespace CustomerService.Runtime.Tests.Probes;

/// <summary>Does chores in the way a test says; without a say, at once.</summary>
internal sealed class ChoreWorker(Func<string, CancellationToken, Task>? work = null) : IWorkPerformer
{
    private readonly List<string> begun = [];

    public Type Handles => typeof(Chore);

    public string[] Begun
    {
        get
        {
            lock (begun)
                return [.. begun];
        }
    }

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work chore, CancellationToken cancellation)
    {
        var text = ((Chore)chore).Text;
        lock (begun)
            begun.Add(text);
        if (work is not null)
            await work(text, cancellation);
        return new Note("done:" + text);
    }
}
