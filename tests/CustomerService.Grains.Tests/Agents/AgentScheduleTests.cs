using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerService.Grains.Tests.Agents;

/// <summary>One agent under any order of events. A failure prints the schedule, shrunk, and its seed.</summary>
public sealed class AgentScheduleTests
{
    private static readonly ImmutableArray<string> Queues = ["billing", "sales"];
    private static readonly ImmutableArray<string?> Channels = ["chat", "voice", "email", null];

    private static readonly DeskPolicy Desk = new()
    {
        Activities = [new AgentActivity("lunch", Available: false), new AgentActivity("mail", Available: true)],
        Channels = ImmutableDictionary<string, ChannelCapacity>.Empty.Add("voice", new ChannelCapacity(1, Exclusive: true)).Add("chat", new ChannelCapacity(2, Exclusive: false)),
        QueueUnits = ImmutableDictionary<string, int>.Empty.Add("sales", 2),
        IdleSeconds = 300,
    };

    [Fact]
    public void AnySchedule_KeepsTheDeskAndTellsTheTruth() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf().Resize(200)), steps => Play(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Schedules_ReachWhatTheyAreFor()
    {
        var random = new Random(5);
        var seen = new HashSet<string>();
        for (var i = 0; i < 100; i++)
            seen.UnionWith(Play([.. Enumerable.Range(0, 300).Select(_ => random.Next())]));

        string[] wanted = ["available", "away", "offline", "connection", "idle", "missed_offers", "when_free", "resolved", "released", "returned", "voice", "wrapping", "declined", "sent back"];
        Assert.Empty(wanted.Except(seen));
    }

    private static HashSet<string> Play(int[] steps)
    {
        var agent = new Subject<AgentBehaviour, AgentState>("ada");
        var heard = new Dictionary<string, AgentReady>();
        var offers = new Dictionary<string, int>();
        var alarms = new Dictionary<string, (DateTimeOffset At, Command Command)>();
        var seen = new HashSet<string>();
        Do(new ConfigureAgent("Ada", Queues, [], 4) { Desk = Desk });
        foreach (var step in steps)
            Do(Command(step));
        return seen;

        Command Command(int step)
        {
            var choice = step / 20;
            var conversation = $"c-{choice % 4}";
            return (step % 20) switch
            {
                <= 4 => Offer(choice),
                <= 7 => new AcceptOffer(Offered(choice)),
                8 => new RejectOffer(Offered(choice), "not now"),
                <= 11 => new ConfirmOffer(Offered(choice)),
                12 => new RescindOffer(Offered(choice), "over") { Outcome = choice % 2 == 0 ? OfferStates.TimedOut : OfferStates.Rescinded },
                13 => new ReleaseWork(conversation) { WrapUp = choice % 3 > 0 },
                14 => new CompleteWrapUp(conversation, null, null),
                15 => new SetPresence(Presences.All[choice % 5 % 3]) { WhenFree = choice % 7 == 0, By = choice % 11 == 0 ? "lead" : null },
                16 => choice % 3 == 0 ? new SetPresence("") { Activity = Desk.Activities[choice % 2].Name } : new SetPresence("available"),
                17 => choice % 2 == 0 ? new ConnectionLost($"desk-{choice % 3}") : new ConnectionOpened($"desk-{choice % 3}") { LeaseSeconds = choice % 5 * 20 },
                18 => Wait(choice),
                _ => choice % 4 == 0 ? new ConfigureAgent("Ada", choice % 8 == 0 ? ["sales"] : Queues, [], choice / 8 % 5) { Desk = Desk } : new SignOfLife(),
            };
        }

        ReceiveOffer Offer(int choice)
        {
            var queue = Queues[choice % 2];
            var number = offers[queue] = offers.GetValueOrDefault(queue) + 1;
            return new ReceiveOffer(OfferIds.Of(queue, number), queue, $"c-{choice % 4}", agent.Now.AddSeconds(30))
            {
                Channel = Channels[choice / 4 % 4],
                Units = choice / 16 % 3,
                WrapUp = choice % 3 == 0 ? new WrapUpPolicy(choice % 2 * 60, [], CodeRequired: false) : null,
            };
        }

        string Offered(int choice) => agent.State.Offers is { IsEmpty: false } there ? there[choice % there.Length].OfferId : "billing-0";

        SignOfLife Wait(int choice)
        {
            // Once in a while the system is down meanwhile, and all alarms ring late.
            var until = agent.Now.AddSeconds(choice % 400);
            if (choice % 5 == 0)
                agent.Now = until;
            while (alarms.Where(alarm => alarm.Value.At <= until).OrderBy(alarm => alarm.Value.At).Select(alarm => alarm.Key).FirstOrDefault() is { } due)
            {
                alarms.Remove(due, out var alarm);
                agent.Now = alarm.At > agent.Now ? alarm.At : agent.Now;
                Do(alarm.Command);
                if (choice % 2 == 0)
                    Do(alarm.Command);
            }

            agent.Now = until;
            return new SignOfLife();
        }

        void Do(Command command)
        {
            var before = agent.State;
            var turn = agent.Handle(command);
            Note(turn.Effects, command);
            Fits(before, agent.State);
            foreach (var queue in agent.State.Queues)
                Assert.Equal(Truth(agent.State, queue), (heard[queue].FreeUnits, heard[queue].Present, heard[queue].SeenOffer, heard[queue].Channels!["voice"], heard[queue].Channels!["chat"]));
            if (!agent.State.TakesWork)
                Assert.DoesNotContain(agent.State.Offers, offer => !offer.Claimed);
            if (Readiness.NextReview(agent.State) is { } review)
                Assert.True(alarms["presence"].At <= review, "Nobody will look after the agent's presence.");
        }

        void Note(ImmutableArray<Effect> effects, Command command)
        {
            foreach (var effect in effects)
            {
                switch (effect)
                {
                    case Tell { Command: AgentReady ready } tell: heard[tell.To.Key] = ready; break;
                    case Tell { Command: DeclineOffer }: seen.Add(command is ReceiveOffer or RejectOffer ? "declined" : "sent back"); break;
                    case Wake wake: alarms[wake.Alarm] = (wake.At, wake.Command); break;
                    case CancelWake cancel: alarms.Remove(cancel.Alarm); break;
                    case Record { Event: PresenceChanged changed }: seen.Add(changed.Presence); break;
                    case Record { Event: ReadinessChanged { Ready: false } changed }: seen.Add(changed.Cause); break;
                    case Record { Event: WorkStarted { Channel: "voice" } }: seen.Add("voice"); break;
                    case Record { Event: WrapUpStarted }: seen.Add("wrapping"); break;
                    case Record { Event: WorkEnded ended }: seen.Add(ended.Outcome); break;
                }
            }
        }
    }

    /// <summary>Whoever makes a desk smaller leaves there what was accepted; nothing is ever put on a full one.</summary>
    private static void Fits(AgentState before, AgentState after)
    {
        var items = Items(after);
        if (after.Capacity >= before.Capacity || after.Offers.Any(offer => !offer.Claimed))
            Assert.True(Units(items) <= Math.Max(after.Capacity, Units(Items(before))), $"{Units(items)} units on a desk for {after.Capacity}.");
        Assert.True(items.Count(item => item.Channel == "voice") <= 1 && items.Count(item => item.Channel == "chat") <= 2, "Too many of one channel.");
        Assert.False(items.Any(item => item.Channel == "voice") && items.Count > 1, "Something is beside an exclusive conversation.");
        Assert.True(items.Where(item => item.Queue == "sales").Sum(item => item.Units) <= 2, "A queue has more than its share.");
    }

    private static (int Free, bool Present, long Seen, int Voice, int Chat) Truth(AgentState state, string queue)
    {
        var items = Items(state);
        var exclusive = items.Any(item => item.Channel == "voice");
        var free = exclusive || !state.TakesWork ? 0 : Math.Max(0, state.Capacity - Units(items));
        return (
            queue == "sales" ? Math.Min(free, 2 - items.Where(item => item.Queue == "sales").Sum(item => item.Units)) : free, state.TakesWork,
            state.SeenOffers.GetValueOrDefault(queue), items.Count == 0 && state.TakesWork ? 1 : 0,
            exclusive || !state.TakesWork ? 0 : 2 - items.Count(item => item.Channel == "chat"));
    }

    private static List<(string? Queue, string? Channel, int Units)> Items(AgentState state) =>
    [
        .. state.Offers.Select(offer => ((string?)offer.Queue, offer.Channel, Math.Max(1, offer.Units))),
        .. state.Conversations.Select(held => (held.Queue, held.Channel, Math.Max(1, held.Units))),
    ];

    private static int Units(List<(string? Queue, string? Channel, int Units)> items) => items.Sum(item => item.Units);
}
