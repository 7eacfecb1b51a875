using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>What really happened in a play. A run over many seeds must have seen everything at least once, else it proves less than it seems to.</summary>
internal static class Sightings
{
    private static readonly ImmutableArray<string> Outcomes =
    [
        nameof(MessageReceived), nameof(MessageSent), nameof(RunCompleted), nameof(RunFailed), nameof(HandedOff), nameof(AgentAssigned), nameof(NoteAdded),
        nameof(ConversationResolved), nameof(ConversationReopened), nameof(ConversationWithdrawn), nameof(ConversationPassedOn), nameof(QueueLeft),
        nameof(NeedsRelaxed), nameof(Escalated), nameof(CallbackRequested), nameof(CalledBack), nameof(WrappedUp), nameof(PriorityChanged),
        nameof(QueuePaused), nameof(QueueResumed), nameof(ServiceClockStarted), nameof(ServiceClockStopped), nameof(ServiceClockPaused),
        nameof(ServiceWarned), nameof(ServiceBreached), "message known again", "claim too late", "transfer is warm",
        "offer accepted", "offer rejected", "offer timed_out", "offer rescinded", "offer cancelled", "work resolved", "work released", "work returned",
        "not ready: connection", "not ready: missed_offers", "work of a dead process begun again", "late commit refused",
        .. SightingsOfHours.All,
        .. Enum.GetValues<ConversationStatus>().Where(status => status != ConversationStatus.New).Select(Name),
    ];

    /// <summary>Everything that schedules are meant to reach, with 0.</summary>
    public static ImmutableSortedDictionary<string, long> None { get; } =
        Outcomes.Concat(Enum.GetValues<Fault>().Select(Name)).ToImmutableSortedDictionary(name => name, _ => 0L, StringComparer.Ordinal);

    public static ImmutableDictionary<string, long> Of(ChaosWorld world)
    {
        var seen = new Dictionary<string, long>();
        foreach (var (fault, count) in world.Faults.Counts)
            seen[Name(fault)] = count;
        foreach (var happened in world.History.Events)
        {
            var name = Name(happened.Event);
            seen[name] = seen.GetValueOrDefault(name) + 1;
        }

        seen["message known again"] = world.History.Answers.Count(answer => answer.Reply is MessageAccepted { Duplicate: true });
        seen["claim too late"] = world.History.Tells.Count(told => told.Tell.Command is RescindOffer { Reason: "too late" });
        seen["transfer is warm"] = world.History.Answers.Count(answer => answer is { Command: Transfer { Warm: true }, Reply: Done });
        seen["work of a dead process begun again"] = world.History.Beginnings.Count(beginning => beginning.LivesElsewhere == false);
        seen["late commit refused"] = world.History.LateCommitsRefused;
        foreach (var what in SightingsOfHours.In(world))
            seen[what] = seen.GetValueOrDefault(what) + 1;
        return seen.ToImmutableDictionary();
    }

    private static string Name(Fault fault) => $"fault {fault}";

    private static string Name(ConversationStatus status) => $"status {status}";

    private static string Name(JournalEvent happened) => happened switch
    {
        OfferEnded offer => $"offer {offer.Outcome}",
        WorkEnded work => $"work {work.Outcome}",
        StatusChanged changed => Name(changed.To),
        ReadinessChanged { Ready: false } changed => $"not ready: {changed.Cause}",
        _ => happened.GetType().Name,
    };
}
