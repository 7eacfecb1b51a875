using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Simulation.Chaos.Actors;

/// <summary>Who and what there is: few of each, so that they get in each other's way.</summary>
internal static class Cast
{
    public const int Capacity = 2;

    /// <summary>After which part of a promise a warning comes.</summary>
    public const double WarnAt = 0.75;

    public static ImmutableArray<string> Agents { get; } = ["ada", "bob", "cid"];

    public static ImmutableArray<string> Queues { get; } = [QueueNames.General, "billing", "specialist"];

    public static ImmutableArray<string> Conversations { get; } = ["c-1", "c-2", "c-3", "c-4", "c-5", "c-6"];

    public static GrainId Conversation(this ChaosWorld world) => Grain.Conversation(world.Dice.Pick(Conversations));

    public static string ChannelOf(string conversation) => conversation switch
    {
        "c-5" => ChannelNames.Voice,
        "c-6" => ChannelNames.Email,
        _ => ChannelNames.Chat,
    };

    public static string AddressOf(string conversation) => $"visitor-of-{conversation}";

    public static ImmutableArray<string> SkillsOf(string agent) => agent == "bob" ? ["refunds"] : [];

    /// <summary>Calls want the whole desk; who is gone for two minutes loses what they hold.</summary>
    public static DeskPolicy Desk { get; } = new()
    {
        Activities = [new AgentActivity("break", Available: false), new AgentActivity("paperwork", Available: true)],
        Channels = ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create(ChannelNames.Voice, new ChannelCapacity(1, Exclusive: true)),
            KeyValuePair.Create(ChannelNames.Email, new ChannelCapacity(1, Exclusive: false)),
        ]),
        GraceSeconds = 20,
        StrandedSeconds = 90,
        IdleSeconds = 0,
        MaxMissedOffers = 3,
    };

    public static ConfigureAgent Configuration(string agent) => new(agent, Queues, SkillsOf(agent), Capacity) { Desk = Desk };

    /// <summary>The tiers of customers; null: said by nobody.</summary>
    public static ImmutableArray<string?> Tiers { get; } = [null, "gold", "free"];

    /// <summary>Three queues, one above the other, that differ in all that a policy can say. Their hours are the play's own.</summary>
    public static QueuePolicy PolicyOf(string queue) => queue switch
    {
        QueueNames.General => new QueuePolicy
        {
            Tier = "tier1",
            EscalateTo = "billing",
            Overflow = "specialist",
            MaxWaiting = 4,
            WhenClosed = QueuePolicy.OfferCallback,
            Terms = Terms(queue) with { Tier = "tier1", EscalateTo = "billing", CloseAfterSeconds = 180 },
        },
        "billing" => new QueuePolicy
        {
            Tier = "tier2",
            EscalateTo = "specialist",
            OfferTo = 2,
            PriorityPointSeconds = 30,
            AgentOrder = AgentOrders.LeastLoaded,
            Terms = Terms(queue) with { Tier = "tier2", EscalateTo = "specialist", EscalateOnBreach = true, LastAgentSeconds = 60, Reopen = "agent" },
        },
        _ => new QueuePolicy
        {
            Tier = "specialist",
            MaxOffers = 4,
            OfferSeconds = 20,
            WrapUp = new WrapUpPolicy(45, [], CodeRequired: false),
            Relaxation = [new RelaxationStep(20, 1, [], DropAll: false), new RelaxationStep(60, 0, [], DropAll: true)],
            Terms = Terms(queue) with { Tier = "specialist", WrapUp = true, Reopen = "queue" },
        },
    };

    /// <summary>What a customer of a tier is promised, in every queue; 0: nothing.</summary>
    public static ServiceTargets Targets(string? tier) => tier switch
    {
        "gold" => new ServiceTargets(20, 30, 150),
        "free" => new ServiceTargets(90, 0, 0),
        _ => new ServiceTargets(40, 60, 240),
    };

    /// <summary>Whose promise it is, by the version of its terms.</summary>
    public static string QueueOf(string termsVersion) => termsVersion[..termsVersion.LastIndexOf('-')];

    private static QueueTerms Terms(string queue) => new()
    {
        Version = $"{queue}-1",
        Targets = ImmutableDictionary.CreateRange(Tiers.Select(tier => KeyValuePair.Create(tier ?? ServiceTargets.EveryTier, Targets(tier)))),
        WarnAt = WarnAt,
    };
}

/// <summary>Something that somebody does.</summary>
/// <param name="Weight">How often, against all others.</param>
internal sealed record Deed(int Weight, string Name, Action<ChaosWorld> Do);
