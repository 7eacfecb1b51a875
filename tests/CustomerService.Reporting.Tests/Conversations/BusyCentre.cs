using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>
/// A contact centre of real grains in virtual time, where customers, agents and supervisors do at random whatever can be done to a conversation. What
/// happens follows from the seed.
/// </summary>
internal sealed class BusyCentre : IGrainClient
{
    private static readonly string[] Queues = ["general", "billing", "experts"];
    private static readonly string[] Agents = ["ada", "bob", "cem"];
    private static readonly string[] Texts =
    [
        "Where is my parcel #W1234567?", "Wo bleibt meine Bestellung? Sie müsste längst da sein.", "Où est mon colis, s'il vous plaît ?",
        "¿Dónde está mi pedido? Quiero una devolución.", "注文した商品がまだ届きません。", "I want my money back\n\nnow",
    ];

    private readonly Dice _dice;
    private readonly Lock _lock = new();
    private readonly int _conversations;
    private int _number;

    public BusyCentre(ulong seed, int conversations = 12)
    {
        _dice = new Dice(seed);
        _conversations = conversations;
        Host = new SimulatedHost(new SimulationSettings { Performers = _ => [new Assistant(_dice), new Cleaner()] });
        Host.Ask(Grain.Queue("general"), new ConfigureQueue(Policy("g", "experts", calendar: null)));
        Host.Ask(Grain.Queue("billing"), new ConfigureQueue(Policy("b", "experts", Weekdays)));
        Host.Ask(Grain.Queue("experts"), new ConfigureQueue(Policy("e", null, calendar: null)));
        foreach (var agent in Agents)
        {
            Host.Ask(Grain.Agent(agent), new ConfigureAgent(agent, [.. Queues], [], 4));
            Host.Ask(Grain.Agent(agent), new SetPresence(Presences.Available));
        }
    }

    public SimulatedHost Host { get; }

    public IJournal Journal => Host.Journal;

    /// <summary>Thrown in place of an answer, where it gives something.</summary>
    public Func<Exception?> Fault { get; set; } = () => null;

    public IEnumerable<string> Conversations => Host.Grains.Where(grain => grain.Kind == GrainKinds.Conversation).Select(grain => grain.Key);

    public ConversationView ViewOf(string id) => (ConversationView)Host.Look(Grain.Conversation(id), new GetConversation());

    // The keeper asks several at once; the simulation is one thread's.
    ValueTask<Reply> IGrainClient.AskAsync(GrainId grain, Command command, CancellationToken cancellation)
    {
        lock (_lock)
            return Fault() is { } fault ? ValueTask.FromException<Reply>(fault) : ValueTask.FromResult(Host.Ask(grain, command));
    }

    /// <summary>Some acts, with time between them.</summary>
    public void Act(int times)
    {
        for (var i = 0; i < times; i++)
        {
            ActOnce();
            Pass();
        }
    }

    /// <summary>Time goes on, and with it what the act has others do: nothing that it tells them has reached them before.</summary>
    public void Pass() => Host.RunFor(TimeSpan.FromSeconds(_dice.Below(4) == 0 ? _dice.Below(1_800) : _dice.Below(20)));

    public void ActOnce()
    {
        var id = $"c-{_dice.Below(_conversations)}";
        var conversation = Grain.Conversation(id);
        var view = ViewOf(id);
        var agent = _dice.Pick(Agents);
        var holder = view.AgentId ?? agent;
        if (view.Status == ConversationStatus.New || _dice.Chance(0.2))
        {
            Host.Ask(conversation, new ReceiveMessage(Message(id)));
            return;
        }

        switch (_dice.Below(22))
        {
            case < 2: Host.Ask(Grain.Agent(agent), new SetPresence(_dice.Chance(0.9) ? Presences.Available : Presences.Away)); break;
            case < 6: Answer(); break;
            case 6: Host.Ask(conversation, new SendAgentReply(holder, NewId("r"), _dice.Pick(Texts))); break;
            case 7: Host.Ask(conversation, new SendAgentReply(holder, NewId("r"), _dice.Pick(Texts))); break;
            case 8: Host.Ask(conversation, new AddNote(holder, "Promised a voucher, see Zweitschrift.")); break;
            case 9: Host.Ask(conversation, new Transfer(_dice.Pick(Queues), _dice.Below(10), "knows better", "sue") { Warm = _dice.Chance(0.4) }); break;
            case 10: Host.Ask(conversation, new Escalate("sue", "needs a decision")); break;
            case 11: Host.Ask(conversation, new Hold(holder)); break;
            case 12: Host.Ask(conversation, new Unhold(holder)); break;
            case 13: Host.Ask(conversation, new Snooze("sue", Host.Now + TimeSpan.FromMinutes(1 + _dice.Below(600)), "a part comes")); break;
            case 14: Host.Ask(conversation, new Unsnooze("sue")); break;
            case 15: Host.Ask(conversation, new RequestCallback("sue", "+44 20 7946 0000", _dice.Chance(0.5) ? Host.Now + TimeSpan.FromMinutes(30) : null)); break;
            case 16: Host.Ask(conversation, new ReportCallback(holder, _dice.Chance(0.5))); break;
            case 17: Host.Ask(conversation, new ChangePriority("sue", _dice.Below(11), "a journalist")); break;
            case 18: Host.Ask(conversation, new Resolve(holder)); break;
            case 19: Host.Ask(conversation, new Close("sue")); break;
            case 20: Host.Ask(conversation, new RateConversation(1 + _dice.Below(5), "so so")); break;
            default: Host.Ask(Grain.Customer(view.LinkedCustomerId ?? view.CustomerId), new UpdateProfile($"Customer {_dice.Below(5)}", null, null, null, null)); break;
        }
    }

    private void Answer()
    {
        foreach (var agent in Agents)
        {
            if (Host.Ask(Grain.Agent(agent), new GetAgent()) is AgentView { Offers: [var offer, ..] })
                Host.Ask(Grain.Agent(agent), _dice.Chance(0.8) ? new AcceptOffer(offer.OfferId) : new RejectOffer(offer.OfferId, "busy"));
        }
    }

    private Interaction Message(string id)
    {
        var mail = id[^1] is >= '0' and <= '4' && id.StartsWith("c-", StringComparison.Ordinal);
        var message = new Interaction(NewId("m"), mail ? ChannelNames.Email : ChannelNames.Chat, $"{id}@example.org", _dice.Pick(Texts), Host.Now);
        return mail ? message with { ChannelMetadata = ImmutableDictionary<string, string>.Empty.Add("subject", "Parcel").Add("name", $"Writer of {id}").Add("account", "shop") } : message;
    }

    private string NewId(string kind) => $"{kind}-{++_number}";

    private static BusinessCalendar Weekdays { get; } = new()
    {
        Name = "office",
        TimeZone = "Europe/Berlin",
        Week = [.. Enumerable.Range(1, 5).Select(day => new OpenSpan((DayOfWeek)day, 480, 1080))],
    };

    private static QueuePolicy Policy(string version, string? above, BusinessCalendar? calendar) => QueuePolicy.Default with
    {
        EscalateTo = above,
        MaxOffers = 6,
        OfferTo = 2,
        WrapUp = version == "b" ? new WrapUpPolicy(120, [], false) : null,
        Terms = new QueueTerms
        {
            Version = version,
            Targets = ImmutableDictionary<string, ServiceTargets>.Empty.Add(ServiceTargets.EveryTier, new ServiceTargets(300, 600, 7_200)),
            Calendar = calendar,
            WarnAt = 0.75,
            EscalateOnBreach = version == "g",
            EscalateTo = above,
            Tier = "tier-" + version,
            Reopen = version == "g" ? "agent" : "assistant",
            WrapUp = version == "b",
            CloseAfterSeconds = 40_000,
        },
    };

    /// <summary>Tries to erase a conversation, whoever wrote when; true: it was over.</summary>
    public bool Erase(string id) => Host.Ask(Grain.Conversation(id), new EraseConversation(Host.Now, "the rules", [], [])) is not Refused;

    private sealed class Cleaner : ISimulatedPerformer
    {
        public Type Handles => typeof(ClearAway);

        public SimulatedWork Perform(GrainId origin, Work work) => new(TimeSpan.Zero, () => null);
    }

    /// <summary>Answers some messages, hands some over, fails on a few.</summary>
    private sealed class Assistant(Dice dice) : ISimulatedPerformer
    {
        private static readonly string[] Intents = ["order_status", "refund_status", "unknown"];
        private static readonly string?[] Tiers = [null, "gold", "silver"];

        public Type Handles => typeof(RunPipeline);

        public SimulatedWork Perform(GrainId origin, Work work) => new(TimeSpan.FromSeconds(dice.Below(4)), () => new CompleteRun(((RunPipeline)work).MessageId, Outcome()));

        private RunOutcome Outcome()
        {
            if (dice.Chance(0.05))
                throw new InvalidOperationException("The model is away.");
            var handsOver = dice.Chance(0.6);
            return new RunOutcome
            {
                Answer = new OutgoingMessage(handsOver ? "A colleague takes over." : "It arrives tomorrow.", [], []),
                Handoff = handsOver ? new HandoffPackage(dice.Pick(Queues), dice.Below(8), "asked for a person", "Wants a refund.", [], []) { Tier = dice.Pick(Tiers) } : null,
                Signals = new MessageSignals(dice.Pick(["en", "de", "und"]), dice.Pick(Intents), 0.9, dice.Fraction() - 0.5, [], "normal"),
                ResolutionType = handsOver ? ResolutionTypes.Human : ResolutionTypes.Automated,
                Identity = dice.Chance(0.1) ? new ProvenIdentity("shop-1", "Ada Brook", "basic", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue) : null,
                Log = dice.Chance(0.3)
                    ? new InteractionLog("t-1", "a matter", "open", dice.Chance(0.5) ? "shop:shop-1" : "", ImmutableDictionary<string, string>.Empty)
                    : null,
            };
        }
    }
}
