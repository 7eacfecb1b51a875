using System.Globalization;
using CustomerService.Cluster.Tests.Load;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>How long the grains of a dead silo were away, seen from the gateway: each conversation is asked every 100 ms until it answers.</summary>
internal sealed record Absence(IReadOnlyList<TimeSpan> Waits)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);

    /// <summary>The youngest so many are asked. To ask all of a long run every 100 ms would be a load of its own, far above the one that is looked at.</summary>
    private const int Asked = 100;

    /// <summary>From the beginning to the first answer of the last grain that answered.</summary>
    public TimeSpan Longest => Waits.Count == 0 ? TimeSpan.Zero : Waits.Max();

    /// <summary>Grains that did not answer within two probes: those that lived in the dead silo.</summary>
    public int Away => Waits.Count(wait => wait > 2 * Apart);

    /// <summary>Begins now: to be called at the moment of the fault.</summary>
    public static async Task<Absence> MeasureAsync(IEnumerable<Conversing> conversations, TimeProvider time)
    {
        var began = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Repeats.Patience, time);
        return new Absence(await Task.WhenAll(conversations.TakeLast(Asked).Select(conversation => FirstAnswerAsync(conversation, began, time, patience.Token))));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Away} of {Waits.Count} grains were away, the last for {Longest.TotalSeconds:0.0} s");

    private static async Task<TimeSpan> FirstAnswerAsync(Conversing conversation, long began, TimeProvider time, CancellationToken patience)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(patience);
        var first = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var probes = new List<Task>();

        // A probe that hangs holds up no later one.
        while (!answered.IsCancellationRequested)
        {
            probes.Add(ProbeAsync());
            await Task.WhenAny(first.Task, Task.Delay(Apart, time, CancellationToken.None));
            if (first.Task.IsCompleted)
                await answered.CancelAsync();
        }

        await Task.WhenAll(probes);
        patience.ThrowIfCancellationRequested();
        return await first.Task;

        async Task ProbeAsync()
        {
            if (await conversation.TryReadAsync(answered.Token))
                first.TrySetResult(time.GetElapsedTime(began));
        }
    }
}
