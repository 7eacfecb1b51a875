using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

public sealed class AgentCapacityTests
{
    private readonly Subject<AgentBehaviour, AgentState> agent = new("ada");
    private int lastOffer;

    private void Begin(int capacity, DeskPolicy desk, params ImmutableArray<string> queues)
    {
        agent.Handle(new ConfigureAgent("Ada", queues.IsEmpty ? ["billing"] : queues, [], capacity) { Desk = desk });
        agent.Handle(new SetPresence("available"));
    }

    /// <summary>Offers and says whether it stayed on the desk.</summary>
    private string? Offer(string? channel = null, int units = 0, string queue = "billing")
    {
        var id = OfferIds.Of(queue, ++lastOffer);
        agent.Handle(new ReceiveOffer(id, queue, $"c-{lastOffer}", agent.Now.AddSeconds(30)) { Channel = channel, Units = units });
        return agent.State.Offers.Any(offer => offer.OfferId == id) ? id : null;
    }

    private string Hold(string? channel = null, int units = 0, string queue = "billing")
    {
        var id = Offer(channel, units, queue);
        Assert.NotNull(id);
        agent.Handle(new AcceptOffer(id));
        agent.Now = agent.Now.AddSeconds(5);
        agent.Handle(new ConfirmOffer(id));
        return id;
    }

    private AgentReady Told(string queue = "billing") => agent.Last.Effects.Told<AgentReady>(Grain.Queue(queue)).Last();

    private static DeskPolicy Channels(params ReadOnlySpan<(string Channel, int Max, bool Exclusive)> channels)
    {
        var limits = ImmutableDictionary<string, ChannelCapacity>.Empty;
        foreach (var (channel, max, exclusive) in channels)
            limits = limits.Add(channel, new ChannelCapacity(max, exclusive));
        return new DeskPolicy { Channels = limits };
    }

    [Fact]
    public void WorkTakesItsUnits_FromTheOfferOn()
    {
        Begin(5, new DeskPolicy());

        Assert.NotNull(Offer(units: 3));
        Assert.Equal(2, Told().FreeUnits);
        Assert.Null(Offer(units: 3));
        Assert.NotNull(Offer(units: 2));
        Assert.Equal(0, Told().FreeUnits);
    }

    [Fact]
    public void ChannelsLimit_HoldsWhileUnitsAreFree()
    {
        Begin(5, Channels(("chat", 2, false), ("email", 0, false)));

        Offer("chat");
        Assert.Equal(1, Told().Channels!["chat"]);
        Offer("chat");

        Assert.Null(Offer("chat"));
        Assert.Null(Offer("email"));
        Assert.Equal((3, 0, 0), (Told().FreeUnits, Told().Channels!["chat"], Told().Channels!["email"]));
        Assert.NotNull(Offer("sms"));
    }

    [Fact]
    public void ExclusiveWork_ComesOnlyToAnEmptyDeskAndKeepsAllElseAway()
    {
        Begin(5, Channels(("voice", 2, true), ("chat", 3, false)));
        var chat = Hold("chat");
        Assert.Equal((4, 0, 2), (Told().FreeUnits, Told().Channels!["voice"], Told().Channels!["chat"]));
        Assert.Null(Offer("voice"));

        agent.Handle(new ReleaseWork("c-1") { OfferId = chat });
        Assert.Equal(1, Told().Channels!["voice"]);

        Assert.NotNull(Offer("voice"));
        Assert.Equal((0, 0, 0), (Told().FreeUnits, Told().Channels!["voice"], Told().Channels!["chat"]));
        Assert.Null(Offer("chat"));
        Assert.Null(Offer("voice"));
    }

    [Fact]
    public void QueuesShare_IsToldToThatQueueOnly()
    {
        Begin(5, new DeskPolicy { QueueUnits = ImmutableDictionary<string, int>.Empty.Add("sales", 2), QueueDelays = ImmutableDictionary<string, double>.Empty.Add("sales", 60) }, "billing", "sales");

        Offer(queue: "sales");

        Assert.Equal((4, 0, 0d), (Told().FreeUnits, Told().QueueUnits, Told().DelaySeconds));
        Assert.Equal((1, 2, 60d), (Told("sales").FreeUnits, Told("sales").QueueUnits, Told("sales").DelaySeconds));
        Offer(queue: "sales");
        Assert.Null(Offer(queue: "sales"));
        Assert.NotNull(Offer());
    }

    [Fact]
    public void MostImportantQueue_HearsFirst()
    {
        Begin(2, new DeskPolicy(), "vip", "billing", "sales");
        agent.Handle(new SetPresence("away"));

        var told = agent.Handle(new SetPresence("available")).Effects.OfType<Tell>().Select(tell => tell.To.Key);

        Assert.Equal(["vip", "billing", "sales"], told);
    }

    [Fact]
    public void LevelsArePassedOn()
    {
        agent.Handle(new ConfigureAgent("Ada", ["billing"], ["refunds", "french"], 1) { Levels = ImmutableDictionary<string, int>.Empty.Add("french", 2) });

        Assert.Equal(2, Assert.Single(Told().Levels!).Value);
        agent.ChangesNothing(new ConfigureAgent("Ada", ["billing"], ["refunds", "french"], 1) { Levels = ImmutableDictionary<string, int>.Empty.Add("french", 2), Desk = new DeskPolicy() });
        agent.Refuses("level_out_of_range", new ConfigureAgent("Ada", [], ["french"], 1) { Levels = ImmutableDictionary<string, int>.Empty.Add("french", 6) });
        agent.Refuses("level_out_of_range", new ConfigureAgent("Ada", [], ["french"], 1) { Levels = ImmutableDictionary<string, int>.Empty.Add("german", 3) });
    }

    [Fact]
    public void StricterDesk_SendsBackOffersThatNoLongerFit()
    {
        Begin(5, new DeskPolicy());
        Offer("chat");
        Offer("email");
        Offer("chat");

        agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 5) { Desk = Channels(("chat", 1, false)) });

        Assert.Equal("billing-3", Assert.Single(agent.Last.Effects.Told<DeclineOffer>(Grain.Queue("billing"))).OfferId);
        Assert.Equal(2, agent.State.Offers.Length);
    }

    public static TheoryData<DeskPolicy, string> Nonsense() => new()
    {
        { new DeskPolicy { Activities = [new AgentActivity(" ", true)] }, "name" },
        { new DeskPolicy { Activities = [new AgentActivity("lunch", true), new AgentActivity("lunch", false)] }, "name of its own" },
        { Channels(("chat", -1, false)), "chat" },
        { new DeskPolicy { QueueUnits = ImmutableDictionary<string, int>.Empty.Add("sales", 0) }, "sales" },
        { new DeskPolicy { QueueDelays = ImmutableDictionary<string, double>.Empty.Add("sales", double.NaN) }, "sales" },
        { new DeskPolicy { GraceSeconds = -1 }, "grace" },
        { new DeskPolicy { StrandedSeconds = 1e9 }, "stranded" },
        { new DeskPolicy { IdleSeconds = -1 }, "idle" },
        { new DeskPolicy { MaxMissedOffers = -1 }, "missed" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void NonsenseInTheDesk_IsRefusedByItsName(DeskPolicy desk, string named)
    {
        agent.Refuses("invalid_desk", new ConfigureAgent("Ada", [], [], 1) { Desk = desk });
        Assert.Contains(named, Assert.IsType<Refused>(agent.Last.Reply).Message, StringComparison.Ordinal);
    }
}
