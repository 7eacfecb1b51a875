using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>A committed effect that is to be carried out: a <see cref="Tell"/> or a <see cref="Perform"/>.</summary>
public readonly record struct PendingEffect(EffectId Id, Effect Effect);

/// <summary>Carries out what turns want done, after their commit. Both calls only take note; they do not wait.</summary>
public interface IEffectCarrier
{
    /// <summary>Effects of one commit, in order. Called in commit order for each grain.</summary>
    void Carry(ReadOnlySpan<PendingEffect> effects);

    /// <summary>Effects of one grain, in order, that were committed earlier and left by whoever carried them. What is under way already is passed over.</summary>
    void Adopt(ReadOnlySpan<PendingEffect> effects) => Carry(effects);

    /// <summary>Whether the effect is being carried out here, or is about to be. Only where effects can be adopted does anybody ask.</summary>
    bool IsUnderWay(EffectId effect) => false;

    /// <summary>An alarm was set for this time.</summary>
    void AlarmSet(DateTimeOffset due);
}
