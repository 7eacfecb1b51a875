using System.Collections.Concurrent;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Effects;

/// <summary>Which effects this host is carrying out, until they are durably ticked off: so that none is taken up again meanwhile.</summary>
internal sealed class EffectsUnderWay
{
    private readonly ConcurrentDictionary<EffectId, bool> all = new();

    /// <returns>False when it is under way already.</returns>
    public bool Add(EffectId effect) => all.TryAdd(effect, true);

    public bool Contains(EffectId effect) => all.ContainsKey(effect);

    public void Remove(EffectId effect) => all.TryRemove(effect, out _);
}
