using System.Text.Json;
using CustomerService.Grains.Orleans.Following;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Turns;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>
/// A grain in Orleans: a place in the cluster, and one turn at a time. The turn itself is run by the algorithm that every
/// host shares; should two activations of one grain exist for a moment, the stale one loses at the store's version check,
/// handles its turn again on what the other wrote, and leaves memory.
/// </summary>
internal abstract class TurnGrain(string kind, SiloTurns turns) : global::Orleans.Grain, ITurnGrain
{
    private Activation? activation;
    private TurnMailbox? mailbox;
    private Followers? followers;

    // Made with the first call, not when the grain comes into memory: a key that no grain can have is then the caller's fault, told to the caller.
    private Activation Activation => activation ??= turns.Activate(new GrainId(kind, this.GetPrimaryKeyString()));

    private TurnMailbox Mailbox => mailbox ??= new TurnMailbox(Activation, turns, BatchEnded);

    /// <summary>How many commands wait or are being handled.</summary>
    internal int Unanswered => mailbox?.Unanswered ?? 0;

    private Followers Followers => followers ??= new Followers(Activation.Id, turns.Feed, turns.Time);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        turns.Entered(kind);
        return Task.CompletedTask;
    }

    /// <summary>No call is under way any more, and those that come wait until the grain lives elsewhere.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (mailbox is not null)
            await mailbox.WhenIdleAsync();
        followers?.Leave();
        turns.Left(kind);
    }

    public Task<WireAnswer> Ask(WireCommand command) => AnswerAsync(() => AskAsync(Read(command), command.Outside));

    public Task<WireAnswer> Query(WireCommand query) => AnswerAsync(() =>
    {
        var arrived = turns.Time.GetTimestamp();
        var command = Read(query);
        if (command is not Query reading || Activation.TryRead(reading) is not { } reply)
            return AskAsync(command, query.Outside);
        turns.Calls.Answered(kind, arrived);
        return Task.FromResult(reply);
    });

    public Task Resume() => Mailbox.BetweenTurnsAsync(Activation.ResumeAsync);

    public async Task<WireFollowed> Follow(IJournalObserver follower)
    {
        // First, so that nothing falls between this and the sequence that is answered.
        Followers.Add(follower);
        if (Activation.LastSequence is null)
            await Mailbox.BetweenTurnsAsync(() => Activation.RunAsync(ReadOnlyMemory<Ask>.Empty));
        var last = Activation.LastSequence ?? throw new StoreUnavailableException($"{Activation.Id} could not be loaded, so what happened last is not known; follow it again soon.");
        return new WireFollowed { LastSequence = last, Silo = turns.Name };
    }

    public Task Unfollow(IJournalObserver follower)
    {
        followers?.Remove(follower);
        return Task.CompletedTask;
    }

    public Task Hint(WireHint hint)
    {
        followers?.Tell(hint);
        return Task.CompletedTask;
    }

    public async Task<WireParkedRetry> RetryParked(string id)
    {
        try
        {
            return WireParkedRetry.Of(await turns.Parked.RetryAsync(id));
        }
        catch (StoreUnavailableException fault)
        {
            return WireParkedRetry.Of(new ParkedRetry(ParkedRetryResult.StillFails, fault.Message));
        }
    }

    private async Task<Reply> AskAsync(Command command, bool isOutside)
    {
        if (!isOutside)
            return await Mailbox.AskAsync(command);
        turns.Door.Enter(Activation.Id, command, Mailbox.Unanswered);
        try
        {
            return await Mailbox.AskAsync(command);
        }
        finally
        {
            turns.Door.Leave();
        }
    }

    private void BatchEnded()
    {
        followers?.TellNews();
        if (Activation.LostToAnother)
            DeactivateOnIdle();
        else if (Activation.IsUncertain)
            DelayDeactivation(SiloTurns.UncertaintyLimit);
    }

    private static async Task<WireAnswer> AnswerAsync(Func<Task<Reply>> ask)
    {
        try
        {
            return WireAnswer.Of(await ask());
        }
        catch (Exception fault) when (WireAnswer.Of(fault) is not null)
        {
            return WireAnswer.Of(fault)!;
        }
    }

    /// <summary>While a cluster is upgraded, a silo may not know a command yet: whoever sent it tries again, and meets a newer silo in the end.</summary>
    private Command Read(WireCommand command)
    {
        try
        {
            return command.ToCommand();
        }
        catch (JsonException unknown)
        {
            throw new StoreUnavailableException($"{turns.Name} cannot read this command to a {kind}; while the cluster is upgraded, try again later. {unknown.Message}", unknown);
        }
    }
}
