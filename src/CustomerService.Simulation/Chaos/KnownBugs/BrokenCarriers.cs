using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Chaos.KnownBugs;

/// <summary>Ticks off what it has only taken note of.</summary>
internal sealed class TicksBeforeSending(IEffectCarrier inner, IGrainStore store) : IEffectCarrier
{
    public void Carry(ReadOnlySpan<PendingEffect> effects)
    {
        foreach (var effect in effects)
            store.FinishAsync(effect.Id);
        inner.Carry(effects);
    }

    public bool IsUnderWay(EffectId effect) => inner.IsUnderWay(effect);

    public void AlarmSet(DateTimeOffset due) => inner.AlarmSet(due);
}

/// <summary>Sends the last thing first.</summary>
internal sealed class SendsBackwards(IEffectCarrier inner) : IEffectCarrier
{
    public void Carry(ReadOnlySpan<PendingEffect> effects)
    {
        var backwards = effects.ToArray();
        Array.Reverse(backwards);
        inner.Carry(backwards);
    }

    public bool IsUnderWay(EffectId effect) => inner.IsUnderWay(effect);

    public void AlarmSet(DateTimeOffset due) => inner.AlarmSet(due);
}

/// <summary>Puts what it adopts behind what comes next.</summary>
internal sealed class AdoptsLate(IEffectCarrier inner) : IEffectCarrier
{
    private PendingEffect[] _adopted = [];

    public void Carry(ReadOnlySpan<PendingEffect> effects)
    {
        inner.Carry(effects);
        Adopt([]);
    }

    public void Adopt(ReadOnlySpan<PendingEffect> effects)
    {
        inner.Adopt(_adopted);
        _adopted = effects.ToArray();
    }

    public bool IsUnderWay(EffectId effect) => inner.IsUnderWay(effect);

    public void AlarmSet(DateTimeOffset due) => inner.AlarmSet(due);
}
