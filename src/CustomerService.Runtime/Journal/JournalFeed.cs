using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Journal;

/// <summary>Tells subscribers of events as they become durable. It keeps nothing.</summary>
public sealed class JournalFeed(ILogger logger)
{
    private readonly ConcurrentDictionary<GrainId, ImmutableArray<Subscription>> ofGrain = new();
    private ImmutableArray<Subscription> ofAll = [];

    /// <inheritdoc cref="IJournal.Subscribe"/>
    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry)
    {
        var subscription = new Subscription(this, grain, onEntry);
        if (grain is { } one)
            ofGrain.AddOrUpdate(one, _ => [subscription], (_, others) => others.Add(subscription));
        else
            ImmutableInterlocked.Update(ref ofAll, others => others.Add(subscription));
        return subscription;
    }

    /// <summary>Called once per event, in each grain's order, after its commit.</summary>
    internal void Publish(JournalEntry entry)
    {
        foreach (var subscription in ofAll)
            Call(subscription, entry);
        if (!ofGrain.IsEmpty && ofGrain.TryGetValue(entry.Grain, out var own))
        {
            foreach (var subscription in own)
                Call(subscription, entry);
        }
    }

    private void Call(Subscription subscription, JournalEntry entry)
    {
        try
        {
            subscription.OnEntry(entry);
        }
#pragma warning disable CA1031 // One subscriber's bug must not keep the event from the others, or stop the grain.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.LogError(fault, "A subscriber of the journal threw on {Grain} #{Sequence}", entry.Grain, entry.Sequence);
        }
    }

    private void Remove(Subscription subscription)
    {
        if (subscription.Grain is not { } grain)
        {
            ImmutableInterlocked.Update(ref ofAll, others => others.Remove(subscription));
            return;
        }

        while (ofGrain.TryGetValue(grain, out var before))
        {
            var after = before.Remove(subscription);
            var changed = after.IsEmpty
                ? ofGrain.TryRemove(KeyValuePair.Create(grain, before))
                : ofGrain.TryUpdate(grain, after, before);
            if (changed)
                return;
        }
    }

    private sealed class Subscription(JournalFeed feed, GrainId? grain, Action<JournalEntry> onEntry) : IDisposable
    {
        public GrainId? Grain => grain;

        public Action<JournalEntry> OnEntry => onEntry;

        public void Dispose() => feed.Remove(this);
    }
}
