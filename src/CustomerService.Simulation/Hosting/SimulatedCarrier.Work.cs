using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

// Outside work: begun, tried again after a failure, parked after the last, its result told to the grain that asked.
internal sealed partial class SimulatedCarrier
{
    private void Begin(PendingEffect effect, int attempts, TimeSpan delay) => _process.PlanInside(delay, () =>
    {
        var (origin, work) = (effect.Id.Source, ((Perform)effect.Effect).Work);
        if (!_performers.TryGetValue(work.GetType(), out var performer))
        {
            GiveUp(effect, new NotSupportedException($"Nobody performs work of type {work.GetType().Name} here."));
            return;
        }

        var begun = performer.Perform(origin, work);
        var hangs = begun.Takes == Timeout.InfiniteTimeSpan || begun.Takes > _settings.WorkTimeLimit || _faults?.Strikes(Fault.WorkHung, origin) == true;
        _process.PlanInside(hangs ? _settings.WorkTimeLimit : begun.Takes, () => End(effect, hangs ? null : begun.Result, attempts));
    });

    private void End(PendingEffect effect, Func<Command?>? finish, int attempts)
    {
        Command? result;
        try
        {
            if (finish is null)
                throw new TimeoutException($"{((Perform)effect.Effect).Work.GetType().Name} did not finish within {_settings.WorkTimeLimit.TotalSeconds:0.#} s.");
            if (_faults?.Strikes(Fault.WorkFailed, effect.Id.Source) == true)
                throw new InvalidOperationException("The model is away.");
            result = finish();
        }
        catch (StoreUnavailableException) when (!_process.IsUp)
        {
            // The process died while it worked; the next one takes it up.
            return;
        }
        catch (StoreUnavailableException)
        {
            // The store's troubles are not the work's: they do not use up its attempts.
            Begin(effect, attempts, PauseAfterFailure);
            return;
        }
        catch (Exception fault) when (fault is not SimulatedCrashException)
        {
            if (attempts + 1 < _settings.WorkAttempts)
                Begin(effect, attempts + 1, PauseAfterFailure * (attempts + 1));
            else
                GiveUp(effect, fault);
            return;
        }

        if (_faults?.Strikes(Fault.WorkRepeated, effect.Id.Source) == true)
            Begin(effect, attempts, PauseAfterFailure);
        else
            Tell(effect, result);
    }

    private void GiveUp(PendingEffect effect, Exception fault)
    {
        var perform = (Perform)effect.Effect;
        AtOnce.Of(_environment.ParkAsync(effect.Id.Source, perform, fault));
        Tell(effect, new WorkFailed(perform.Work, fault.Message));
    }

    private void Tell(PendingEffect effect, Command? result)
    {
        var origin = effect.Id.Source;
        if (result is not null && !Bring(origin, new Ask(result with { Id = effect.Id.ToString() })))
        {
            _process.PlanInside(PauseAfterFailure, () => Tell(effect, result));
            return;
        }

        _environment.Reached?.Invoke(TurnStep.EffectCarriedOut, origin);
        Pending--;
        Finish(effect.Id);
    }
}
