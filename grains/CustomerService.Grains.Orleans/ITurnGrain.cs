using CustomerService.Grains.Orleans.Following;
using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Concurrency;

namespace CustomerService.Grains.Orleans;

/// <summary>
/// Any of our grains as Orleans sees it. Calls interleave as far as Orleans is concerned, so that the grain itself gathers the
/// commands that come while a commit is under way into one turn's batch; turns never interleave.
/// </summary>
[Alias(WireAliases.TurnGrain)]
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Has the command handled; answers once whatever the turn changed is durable.</summary>
    [AlwaysInterleave]
    [Alias(WireAliases.Ask)]
    Task<WireAnswer> Ask(WireCommand command);

    /// <summary>Answers a query from the committed state at once, also while a commit is under way.</summary>
    [AlwaysInterleave]
    [Alias(WireAliases.Query)]
    Task<WireAnswer> Query(WireCommand query);

    /// <summary>Brings the grain into memory and takes up what it committed elsewhere and nobody has carried out.</summary>
    [AlwaysInterleave]
    [Alias(WireAliases.Resume)]
    Task Resume();

    /// <summary>Tells the follower of the grain's events and hints from now on, for <see cref="Followers.Lease"/>; again to renew.</summary>
    [AlwaysInterleave]
    [Alias(WireAliases.Follow)]
    Task<WireFollowed> Follow(IJournalObserver follower);

    /// <summary>Tells the follower no more.</summary>
    [OneWay]
    [AlwaysInterleave]
    [Alias(WireAliases.Unfollow)]
    Task Unfollow(IJournalObserver follower);

    /// <summary>Passes a fleeting sign on to the followers. It may be lost.</summary>
    [OneWay]
    [AlwaysInterleave]
    [Alias(WireAliases.Hint)]
    Task Hint(WireHint hint);

    /// <summary>Tries a parked item of this grain again, where the performers are. It takes as long as the work does.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:02:00")]
    [Alias(WireAliases.RetryParked)]
    Task<WireParkedRetry> RetryParked(string id);
}
