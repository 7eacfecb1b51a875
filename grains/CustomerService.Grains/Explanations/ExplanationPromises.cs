using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Grains.Explanations;

/// <summary>What became of the service-level clocks.</summary>
internal static class ExplanationPromises
{
    public static void Add(List<ExplainedPromise> promises, JournalEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case ServiceClockStarted e:
                promises.Add(new ExplainedPromise(e.Kind, at, e.TargetSeconds, e.DueAt));
                break;
            case ServiceClockMoved { DueAt: { } due } e:
                Change(promises, e.Kind, promise => promise with { DueAt = due });
                break;
            case ServiceWarned e:
                Change(promises, e.Kind, promise => promise with { WarnedAt = at });
                break;
            case ServiceBreached e:
                Change(promises, e.Kind, promise => promise with { BreachedAt = at });
                break;
            case ServiceClockPaused { Running: false } e:
                Change(promises, e.Kind, promise => promise with { Pauses = promise.Pauses.Add(new ExplainedPause(at, null)) });
                break;
            case ServiceClockPaused e:
                Change(promises, e.Kind, promise => EndPause(promise, at));
                break;
            case ServiceClockStopped e:
                Change(promises, e.Kind, promise => EndPause(promise, at) with { StoppedAt = at, SpentSeconds = e.SpentSeconds, Met = e is { Met: true, Unanswered: true } ? null : e.Met });
                break;
        }
    }

    private static void Change(List<ExplainedPromise> promises, string kind, Func<ExplainedPromise, ExplainedPromise> change)
    {
        var found = promises.FindLastIndex(promise => promise.Kind == kind && promise.StoppedAt is null);
        if (found >= 0)
            promises[found] = change(promises[found]);
    }

    private static ExplainedPromise EndPause(ExplainedPromise promise, DateTimeOffset at) =>
        promise.Pauses is [.., { Until: null } last] ? promise with { Pauses = promise.Pauses.Replace(last, last with { Until = at }) } : promise;
}
