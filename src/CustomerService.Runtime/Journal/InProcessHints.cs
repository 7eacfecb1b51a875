using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Journal;

/// <summary>Brings signs to the listeners of this process, on the sender's thread.</summary>
public sealed class InProcessHints : IHints
{
    private readonly ConcurrentDictionary<GrainId, ImmutableArray<Listener>> ofGrain = new();

    public void Send(GrainId grain, string hint)
    {
        if (!ofGrain.TryGetValue(grain, out var listeners))
            return;
        foreach (var listener in listeners)
            listener.OnHint(hint);
    }

    public IDisposable Listen(GrainId grain, Action<string> onHint)
    {
        var listener = new Listener(this, grain, onHint);
        ofGrain.AddOrUpdate(grain, _ => [listener], (_, others) => others.Add(listener));
        return listener;
    }

    private void Remove(Listener listener)
    {
        while (ofGrain.TryGetValue(listener.Grain, out var before))
        {
            var after = before.Remove(listener);
            var changed = after.IsEmpty
                ? ofGrain.TryRemove(KeyValuePair.Create(listener.Grain, before))
                : ofGrain.TryUpdate(listener.Grain, after, before);
            if (changed)
                return;
        }
    }

    private sealed class Listener(InProcessHints hints, GrainId grain, Action<string> onHint) : IDisposable
    {
        public GrainId Grain => grain;

        public Action<string> OnHint => onHint;

        public void Dispose() => hints.Remove(this);
    }
}
