using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>
/// One grain in memory, and the one algorithm by which every host runs its turns: load → handle → commit → reply →
/// carry out the effects. The host sees to it that <see cref="RunAsync(ReadOnlyMemory{Ask})"/> is never called twice at a time.
/// </summary>
public sealed partial class Activation
{
    private const int MaxReloads = 5;

    private readonly GrainId id;
    private readonly GrainKind kind;
    private readonly TurnEnvironment environment;
    private readonly IEffectCarrier carrier;
    private object? state;
    private HeardTells? heard;
    private ImmutableHashSet<EffectId> retries = [];
    private long version;
    private long sequence;
    private bool isUncertain;
    private bool lostToAnother;

    /// <exception cref="ArgumentException">The environment has no such grain.</exception>
    public Activation(GrainId id, TurnEnvironment environment, IEffectCarrier carrier)
    {
        kind = environment.KindOf(id);
        this.id = id;
        this.environment = environment;
        this.carrier = carrier;
    }

    public GrainId Id => id;

    /// <summary>
    /// True after a commit whose outcome is unknown. Such an activation must stay in memory: only it knows which effects nobody
    /// has carried out yet, should the commit have succeeded after all.
    /// </summary>
    public bool IsUncertain => isUncertain;

    /// <summary>How many events the grain's journal holds; null while the grain is not in memory.</summary>
    public long? LastSequence => state is null ? null : sequence;

    /// <summary>
    /// True once a commit lost to another activation of the same grain. The turn was handled again on what the other wrote, so nothing is wrong; but one of the two is
    /// to leave memory, and the host's directory knows which the others reach.
    /// </summary>
    public bool LostToAnother => lostToAnother;

    /// <summary>
    /// Handles the asks in order. What they change becomes durable in one commit; then each gets its answer. An ask that the
    /// grain can't handle is parked and changes nothing; when the store fails, all fail and nothing is kept in memory.
    /// </summary>
    /// <remarks>It never throws for what an ask brought about; that goes to the asker.</remarks>
    public async ValueTask RunAsync(ReadOnlyMemory<Ask> asks)
    {
        TurnDraft? committed;
        long position;
        try
        {
            (committed, position) = await HandleAndCommitAsync(asks);
            await ParkFaultyAsync(asks);
        }
        catch (StoreUnavailableException fault)
        {
            Fail(asks.Span, fault);
            return;
        }
        catch (EachAloneException) when (asks.Length > 1)
        {
            // One of them makes a state that can't be written, and alone, only that one is at fault; or it erases what those before it wrote.
            for (var index = 0; index < asks.Length; index++)
                await RunAsync(asks.Slice(index, 1));
            return;
        }

        foreach (var ask in asks.Span)
            ask.Settle();
        RuntimeInstruments.Turns.Add(asks.Length);
        environment.Reached?.Invoke(TurnStep.Replied, id);
        if (committed is not null)
            FollowUp(committed, position);
    }

    /// <summary>
    /// Answers a query at once from the latest state that is known to be durable, also while <see cref="RunAsync"/> commits a newer one (the host
    /// calls both on one thread at a time).
    /// </summary>
    /// <returns>Null when it must be asked like a command: nothing is in memory, it is refused (who asked may act on that), or it can't be handled.</returns>
    public Reply? TryRead(Query query)
    {
        if (state is null)
            return null;
        try
        {
            var turn = kind.Handle(state, query, environment.Time.GetUtcNow());
            return turn.Reply is Refused || !turn.Effects.IsEmpty || !ReferenceEquals(turn.State, state) ? null : turn.Reply;
        }
#pragma warning disable CA1031 // As a command it is parked with the reason.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>Forgets what is in memory: the next ask finds out what is stored, and what of it is still to be carried out.</summary>
    public void Distrust()
    {
        state = null;
        isUncertain = true;
    }

    private async ValueTask<(TurnDraft? Committed, long Position)> HandleAndCommitAsync(ReadOnlyMemory<Ask> asks)
    {
        for (var reloads = 0; ; reloads++)
        {
            if (state is null && await LoadAsync() is { } unreadable)
            {
                foreach (var ask in asks.Span)
                    ask.Decide(unreadable);
                return default;
            }

            environment.Reached?.Invoke(TurnStep.Loaded, id);
            await FindRetriesAsync(asks);
            var draft = Handle(asks.Span);
            environment.Reached?.Invoke(TurnStep.Handled, id);
            if (draft is null)
            {
                if (reloads < MaxReloads && environment.HasOtherHosts && await IsOutdatedAsync(asks))
                {
                    state = null;
                    continue;
                }

                return default;
            }

            if (ToCommit(draft, asks) is not { } commit)
                return default;
            if (await CommitAsync(commit) is { IsCommitted: true } outcome)
            {
                environment.Reached?.Invoke(TurnStep.Committed, id);
                if (draft.Erases == Erasure.Grain)
                    state = null; // the next ask finds what there is: nothing
                else
                    (state, version, sequence) = (draft.State, draft.NewVersion, sequence + draft.EventCount);
                heard?.Wrote(draft.Heard, draft.At);
                return (draft, outcome.FirstPosition);
            }

            environment.CountConflict();
            lostToAnother = true;
            state = null;
            if (reloads == MaxReloads)
                throw new StoreUnavailableException($"{id} is being written by another process again and again; send the command again.");
        }
    }

    /// <returns>Null when nothing changed.</returns>
    private TurnDraft? Handle(ReadOnlySpan<Ask> asks)
    {
        var now = environment.Time.GetUtcNow();
        TurnDraft? draft = null;
        foreach (var ask in asks)
        {
            try
            {
                var tell = TellOf(ask.Command);
                if (tell is { } again && (heard!.Knows(again) || draft?.Knows(again) == true) && !retries.Contains(again))
                {
                    ask.Decide(Reply.Done);
                    continue;
                }

                var turn = kind.Handle(draft?.State ?? state!, ask.Command, now);
                if (asks.Length > 1 && turn.Effects.Any(effect => effect is EmptyJournal or Vanish))
                    throw new EachAloneException();
                if (draft is not null || !turn.Effects.IsEmpty || !ReferenceEquals(turn.State, state))
                    (draft ??= new TurnDraft(id, state!, version, sequence, now)).Add(turn, environment, tell);
                ask.Decide(turn.Reply);
            }
#pragma warning disable CA1031 // Whatever a command does to its grain, it is parked and the others go on.
            catch (Exception fault) when (fault is not EachAloneException)
#pragma warning restore CA1031
            {
                ask.Decide(fault);
            }
        }

        // What was never stored is gone already.
        return draft is { HasChanges: true } && !(draft.Erases == Erasure.Grain && version == 0) ? draft : null;
    }

    /// <summary>A tell that was parked is not heard, though newer ones were: an operator who has it tried again must not be told that it is done.</summary>
    private async ValueTask FindRetriesAsync(ReadOnlyMemory<Ask> asks)
    {
        retries = [];
        for (var index = 0; index < asks.Length; index++)
        {
            var command = asks.Span[index].Command;
            if (TellOf(command) is { } tell && heard!.Knows(tell) && await environment.Store.FindParkedAsync(ParkedItem.IdOf(id, environment.Format.Write(new Tell(id, command)))) is not null)
                retries = retries.Add(tell);
        }
    }

    /// <summary>Which tell of another grain it is; null when it is none, or when nobody else has this store.</summary>
    private EffectId? TellOf(Command command) =>
        heard is not null && EffectId.TryParse(command.Id, out var effect) && effect.Source != id && environment.Knows(effect.Source.Kind) ? effect : null;

    private GrainCommit? ToCommit(TurnDraft draft, ReadOnlyMemory<Ask> asks)
    {
        try
        {
            return draft.ToCommit(kind, heard);
        }
#pragma warning disable CA1031 // A state that can't be written is a command that can't be handled.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (asks.Length > 1)
                throw new EachAloneException();
            asks.Span[0].Decide(fault);
            return null;
        }
    }

    /// <summary>
    /// "There is nothing to do" was perhaps decided on an old state: nothing was written, so the store had no say. An answered query is content
    /// with that; a refused one is not, for who asked may act on the refusal.
    /// </summary>
    private async ValueTask<bool> IsOutdatedAsync(ReadOnlyMemory<Ask> asks)
    {
        foreach (var ask in asks.Span)
        {
            if (ask.Command is not Query || ask.IsRefused)
                return (await environment.Store.LoadAsync(id, withEntries: false))?.Version is { } stored && stored != version;
        }

        return false;
    }

    private async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        try
        {
            return await environment.Store.CommitAsync(commit);
        }
        catch (StoreUnavailableException)
        {
            isUncertain = true;
            throw;
        }
    }

    private async ValueTask ParkFaultyAsync(ReadOnlyMemory<Ask> asks)
    {
        for (var index = 0; index < asks.Length; index++)
        {
            var ask = asks.Span[index];
            if (ask.Fault is not { } fault)
                continue;

            try
            {
                var item = await environment.ParkAsync(id, new Tell(id, ask.Command), fault);
                ask.Decide(new CommandParkedException(item.Id, $"{id} could not handle this command; it is kept as {item.Id} for an operator. {item.Reason}", fault));
            }
            catch (Exception unkept) when (unkept is StoreUnavailableException or NotSupportedException)
            {
                // Not kept, so the sender must know: it has the only copy. The others of the batch are not touched by that.
                ask.Decide(unkept);
            }
        }
    }

    private void Fail(ReadOnlySpan<Ask> asks, StoreUnavailableException fault)
    {
        state = null;
        foreach (var ask in asks)
        {
            ask.Decide(fault);
            ask.Settle();
        }
    }

    private void FollowUp(TurnDraft committed, long firstPosition)
    {
        foreach (var entry in committed.Entries(firstPosition))
            environment.Feed.Publish(entry);
        carrier.Carry(committed.Effects);
        foreach (var due in committed.AlarmTimes)
            carrier.AlarmSet(due);
    }

    private sealed class EachAloneException : Exception;
}
