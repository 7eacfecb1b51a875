using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Ways into the states in which tests begin: each drives a conversation there by the commands of those around it.</summary>
internal static class ConversationSteps
{
    public static readonly GrainId Ada = Grain.Agent("ada");
    public static readonly GrainId Billing = Grain.Queue("billing");
    public static readonly GrainId Experts = Grain.Queue("experts");

    public static QueueTerms Terms { get; } = new()
    {
        Version = "t1",
        Targets = ImmutableDictionary<string, ServiceTargets>.Empty.Add("*", new ServiceTargets(60, 300, 3600)).Add("gold", new ServiceTargets(30, 120, 1800)),
        WarnAt = 0.75,
        Tier = "tier1",
        EscalateTo = "experts",
    };

    public static Subject<ConversationBehaviour, ConversationState> Begun() => new("c-1");

    /// <summary>Handed off by the assistant.</summary>
    public static Subject<ConversationBehaviour, ConversationState> Queued(HandoffPackage? package = null, QueueTerms? terms = null)
    {
        var conversation = Begun();
        conversation.Handle(Receive("m-1"));
        conversation.HandOff("m-1", package ?? Package());
        if (terms is not null)
            conversation.Handle(new NoteTerms(conversation.State.Stay!.Queue, conversation.State.Hop, terms));
        return conversation;
    }

    public static Subject<ConversationBehaviour, ConversationState> Assigned(HandoffPackage? package = null, QueueTerms? terms = null) =>
        Queued(package, terms).Assign("ada", "billing-1");

    public static HandoffPackage Package(string queue = "billing", int priority = 3) =>
        new(queue, priority, "asked for a person", "Wants a refund.", ["refunds"], ["refunds-howto"]);

    public static HandoffPackage Routed(params ImmutableArray<RouteTarget> targets) => Package() with { Route = new RoutePlan("refunds", targets) };

    public static RouteTarget Target(string queue, double? timeout = null, int? priority = null, SkipIf? skipIf = null) => new(queue, timeout, priority, skipIf);

    public static Turn<ConversationState> HandOff(
        this Subject<ConversationBehaviour, ConversationState> conversation, string messageId, HandoffPackage package) =>
        conversation.Handle(new CompleteRun(messageId, HandedOff() with { Handoff = package }));

    public static Subject<ConversationBehaviour, ConversationState> Assign(
        this Subject<ConversationBehaviour, ConversationState> conversation, string agent, string offerId)
    {
        conversation.Handle(new AssignAgent(agent, offerId));
        Assert.Equal((ConversationStatus.Assigned, agent), (conversation.State.Status, conversation.State.AgentId));
        return conversation;
    }

    public static Subject<ConversationBehaviour, ConversationState> Offer(
        this Subject<ConversationBehaviour, ConversationState> conversation, string agent, string offerId)
    {
        conversation.Handle(new NoteOffer(offerId, agent, new MatchView("anybody", [], agent, "longest idle", [], 0)) { Hop = conversation.State.Hop });
        return conversation;
    }

    public static Subject<ConversationBehaviour, ConversationState> After(this Subject<ConversationBehaviour, ConversationState> conversation, double seconds)
    {
        conversation.Now += TimeSpan.FromSeconds(seconds);
        return conversation;
    }

    /// <summary>The command that the turn wants to be woken with by this alarm.</summary>
    public static Wake Alarm(this ImmutableArray<Effect> effects, string name) => Assert.Single(effects.OfType<Wake>(), wake => wake.Alarm == name);

    public static bool HasAlarm(this ImmutableArray<Effect> effects, string name) => effects.OfType<Wake>().Any(wake => wake.Alarm == name);

    public static bool CancelsAlarm(this ImmutableArray<Effect> effects, string name) => effects.OfType<CancelWake>().Any(wake => wake.Alarm == name);

    public static string Moves(this ImmutableArray<Effect> effects) =>
        string.Join(", ", effects.Recorded<StatusChanged>().Select(change => $"{change.From}>{change.To}"));
}
