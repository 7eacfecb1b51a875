using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Simulation.Chaos.Checking;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>Writes the history of what was really committed, and looks at each desk as it changes.</summary>
internal sealed class RecordingStore(IGrainStore inner, ChaosWorld world) : StoreDecorator(inner)
{
    public override async ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        var isDesk = commit.Grain.Kind == GrainKinds.Agent;
        var before = isDesk ? world.View<AgentView>(commit.Grain, new GetAgent()) : null;
        var outcome = await Inner.CommitAsync(commit);
        if (!outcome.IsCommitted)
        {
            if (world.Host.IsGivenUp(Owner))
                world.History.LateCommitsRefused++;
            return outcome;
        }

        var at = world.Host.Time.Elapsed;
        if (commit.Grain.Kind == GrainKinds.Conversation)
            world.History.Take(world.Host.StateOf<ConversationState>(commit.Grain).Terms?.Version, commit.At, commit.Grain);
        foreach (var body in commit.Events)
            world.Note(new Happened(at, commit.At, commit.Grain, (JournalEvent)world.Host.Held(body)));
        for (var number = 0; number < commit.Effects.Length; number++)
        {
            if (world.Host.Held(commit.Effects[number]) is Tell tell)
                world.History.Tells.Add(new Told(at, commit.At, new EffectId(commit.Grain, commit.NewVersion, number), tell));
        }

        OffersFollowTheLine(commit);
        if (isDesk && world.View<AgentView>(commit.Grain, new GetAgent()) is { } after)
            DeskInvariants.NothingIsPutOnAFullDesk(before, after);
        return outcome;
    }

    private void OffersFollowTheLine(GrainCommit commit)
    {
        // Of several commands in one commit only the last state is seen: who joined after the offer was not overtaken.
        if (world.Host.CommandsInTurn > 1)
            return;
        QueueView? line = null;
        foreach (var body in commit.Events)
        {
            if (world.Host.Held(body) is OfferMade offer && (line ??= world.View<QueueView>(commit.Grain, new GetQueue())) is { } after)
                LineInvariants.NobodyIsOvertaken(world, after, offer);
        }
    }
}
