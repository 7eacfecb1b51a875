using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

public sealed class QueueTests
{
    private static readonly GrainId Ada = Grain.Agent("ada");

    private readonly Subject<QueueBehaviour, QueueState> queue = new("billing");

    private Turn<QueueState> Enqueue(string id, int priority = 0, int since = 0, params string[] skills) =>
        queue.Handle(new Enqueue(id, priority, queue.Now.AddSeconds(since), [.. skills]));

    private Turn<QueueState> Ready(string id, int units = 1, int idleSince = 0, long seen = 0, params string[] skills) =>
        queue.Handle(new AgentReady(id, units, [.. skills], queue.Now.AddSeconds(idleSince)) { SeenOffer = seen });

    private static (string Agent, string Conversation, string Offer) MadeIn(Turn<QueueState> turn)
    {
        var made = Assert.Single(turn.Effects.Recorded<OfferMade>());
        return (made.AgentId, made.ConversationId, made.OfferId);
    }

    [Fact]
    public void Line_IsOrderedByPriorityThenAgeThenId()
    {
        Enqueue("c-young", 1, 5);
        Enqueue("c-b", 1, 2);
        Enqueue("c-old", 1, 0);
        Enqueue("c-high", 9, 7);
        Enqueue("c-a", 1, 2);

        var view = queue.Ask<QueueView>(new GetQueue());

        Assert.Equal(["c-high", "c-old", "c-a", "c-b", "c-young"], view.Head.Select(waiting => waiting.ConversationId));
        Assert.Equal((5, 1, 4), (view.Waiting, view.ByPriority["high"], view.ByPriority["normal"]));
        Assert.Equal(queue.Now, view.OldestSince);
        Assert.Equal(new QueuePosition(3, 5, null), queue.Ask<QueuePosition>(new GetPosition("c-a")));
        Assert.Equal(new QueuePosition(0, 5, null), queue.Ask<QueuePosition>(new GetPosition("c-elsewhere")));
    }

    [Fact]
    public void Enqueueing_WritesOneEntryAndNotTheLine()
    {
        Enqueue("c-1", 3, 0, "refunds");

        var entry = Assert.Single(queue.Last.Effects.OfType<PutEntry>());
        Assert.Equal("c-1", entry.Key);
        Assert.DoesNotContain("c-1", System.Text.Json.JsonSerializer.Serialize(queue.State, GrainsJson.Default.QueueState), StringComparison.Ordinal);
        Assert.Equal(new ConversationEnqueued("c-1", 3), Assert.Single(queue.Last.Effects.Recorded<ConversationEnqueued>()));
    }

    [Fact]
    public void EnqueueingAgain_ChangesThePriorityAndKeepsThePlaceInTime()
    {
        Enqueue("c-1", 3, 0);
        Enqueue("c-2", 8, 1);

        Enqueue("c-1", 8, 60);

        Assert.Equal(queue.Now, queue.State.Floor.Find("c-1")!.Since);
        Assert.Equal(1, queue.State.Floor.PlaceOf("c-1"));
        queue.ChangesNothing(new Enqueue("c-1", 8, queue.Now.AddSeconds(90), []));
        Assert.Equal(2, queue.State.Floor.Count);
    }

    [Fact]
    public void ReadyAgent_IsOfferedTheFirstInLine()
    {
        Enqueue("c-1", 0, 1);
        Enqueue("c-2", 0, 0);

        var turn = Ready("ada");

        Assert.Equal(("ada", "c-2", "billing-1"), MadeIn(turn));
        var told = Assert.Single(turn.Effects.Told<ReceiveOffer>(Ada));
        Assert.Equal(("billing-1", "billing", "c-2", queue.Now.AddSeconds(30)), (told.OfferId, told.Queue, told.ConversationId, told.ExpiresAt));
        Assert.Equal((1, queue.Now), (told.Units, told.Since));
        Assert.Equal(new Wake("review", told.ExpiresAt, new ReviewLine()), Assert.Single(turn.Effects.OfType<Wake>()));
        Assert.Equal(1, queue.Ask<QueuePosition>(new GetPosition("c-2")).Position);
    }

    [Fact]
    public void Offers_NeverExceedTheFreeUnits()
    {
        for (var i = 0; i < 5; i++)
            Enqueue($"c-{i}", 0, i);

        Assert.Equal(2, Ready("ada", units: 2, seen: 0).Effects.Recorded<OfferMade>().Count);

        // What was told before the offers arrived still counts them as free.
        Assert.Empty(Ready("ada", units: 2, seen: 0).Effects);
        Assert.Single(Ready("ada", units: 2, seen: 1).Effects.Recorded<OfferMade>());
    }

    [Fact]
    public void AgentWithoutFreeUnits_IsOfferedNothing()
    {
        Ready("ada", units: 1);
        Ready("ada", units: 0);

        Assert.Empty(Enqueue("c-1").Effects.Recorded<OfferMade>());
        Assert.Equal((0, 0), (queue.Ask<QueueView>(new GetQueue()).AgentsReady, queue.Ask<QueueView>(new GetQueue()).FreeUnits));
    }

    [Fact]
    public void AgentWithAllSkills_GoesBeforeOneWithMoreUnits()
    {
        Ready("ada", units: 5, skills: "refunds");
        Ready("bob", units: 1, skills: ["refunds", "french"]);

        var turn = Enqueue("c-1", 0, 0, "french", "refunds");

        Assert.Equal("bob", MadeIn(turn).Agent);
        Assert.Contains("has the skills: french, refunds", turn.Effects.Recorded<OfferMade>()[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyWithTheSkills_GoesToAnyReadyAgentAndSaysSo()
    {
        Ready("ada", skills: "refunds");

        var made = Assert.Single(Enqueue("c-1", 0, 0, "french").Effects.Recorded<OfferMade>());

        Assert.Contains("no other ready agent has the skills: french", made.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void AmongEquals_WhoIsIdleLongestWins()
    {
        Ready("ada", units: 2, idleSince: 8);
        Ready("bob", units: 3, idleSince: 9);
        Ready("cid", units: 3, idleSince: 5);

        Assert.Equal("cid", MadeIn(Enqueue("c-1")).Agent);
        Assert.Equal("ada", MadeIn(Enqueue("c-2")).Agent);
        Assert.Equal("bob", MadeIn(Enqueue("c-3")).Agent);
    }

    [Fact]
    public void Claim_TakesTheConversationOutOfTheLine()
    {
        Ready("ada");
        Enqueue("c-1");

        var effects = queue.Handle(new ClaimOffer("billing-1", "ada")).Effects;

        Assert.Equal("accepted", Assert.Single(effects.Recorded<OfferEnded>()).Outcome);
        Assert.Equal(new AssignAgent("ada", "billing-1"), Assert.Single(effects.Told<AssignAgent>(Grain.Conversation("c-1"))));
        Assert.Single(effects.Told<ConfirmOffer>(Ada));
        Assert.Equal("c-1", Assert.Single(effects.OfType<RemoveEntry>()).Key);
        Assert.Equal(0, queue.State.Floor.Count);
        queue.ChangesNothing(new ExpireOffer("billing-1"));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("bob")]
    public void ClaimOfAnEndedOffer_IsRescinded(string agent)
    {
        Ready("ada");
        Enqueue("c-1");
        queue.Handle(new ExpireOffer("billing-1"));

        var effects = queue.Handle(new ClaimOffer("billing-1", agent)).Effects;

        Assert.Equal(new RescindOffer("billing-1", "too late") { Outcome = OfferStates.Rescinded }, Assert.Single(effects.Told<RescindOffer>(Grain.Agent(agent))));
        Assert.Equal(1, queue.State.Floor.Count);
    }

    [Fact]
    public void ClaimOfAnotherAgentsOffer_IsRescinded()
    {
        Ready("ada");
        Enqueue("c-1");

        var effects = queue.Handle(new ClaimOffer("billing-1", "bob")).Effects;

        Assert.Single(effects.Told<RescindOffer>(Grain.Agent("bob")));
        Assert.Equal("ada", queue.State.Floor.FindOffer("billing-1")!.Pending[0].AgentId);
    }

    [Fact]
    public void DeclinedOffer_GoesToTheNextAgentAndNotBack()
    {
        Ready("ada", units: 9);
        Enqueue("c-1");
        Ready("bob", units: 1);

        var turn = queue.Handle(new DeclineOffer("billing-1", "ada", "lunch"));

        Assert.Equal(new OfferEnded("billing-1", "c-1", "ada", OfferStates.Rejected, "lunch"), Assert.Single(turn.Effects.Recorded<OfferEnded>()));
        Assert.Empty(turn.Effects.Told<RescindOffer>(Ada));
        Assert.Equal(("bob", "c-1", "billing-2"), MadeIn(turn));
        queue.ChangesNothing(new DeclineOffer("billing-1", "ada", "lunch"));
    }

    [Fact]
    public void TimedOutOffer_IsTakenBackAndGoesToTheNextAgent()
    {
        Ready("ada", units: 9);
        Enqueue("c-1");
        Ready("bob", units: 1);

        var turn = queue.Handle(new ExpireOffer("billing-1"));

        Assert.Equal("timed_out", Assert.Single(turn.Effects.Recorded<OfferEnded>()).Outcome);
        Assert.Single(turn.Effects.Told<RescindOffer>(Ada));
        Assert.Equal("bob", MadeIn(turn).Agent);
    }

    [Fact]
    public void TimedOutOfferOfTheOnlyAgent_IsOfferedToThemAgain()
    {
        Ready("ada");
        Enqueue("c-1");

        var turn = queue.Handle(new ExpireOffer("billing-1"));

        Assert.Equal(("ada", "c-1", "billing-2"), MadeIn(turn));
        Assert.Contains("nobody else is ready", turn.Effects.Recorded<OfferMade>()[0].Why, StringComparison.Ordinal);
        Assert.Equal(1, queue.State.Floor.Find("c-1")!.Offers);
    }

    [Fact]
    public void Withdrawal_TakesThePendingOfferBack()
    {
        Ready("ada");
        Enqueue("c-1");

        var effects = queue.Handle(new Withdraw("c-1")).Effects;

        Assert.Equal(OfferStates.Cancelled, Assert.Single(effects.Recorded<OfferEnded>()).Outcome);
        Assert.Equal(OfferStates.Cancelled, Assert.Single(effects.Told<RescindOffer>(Ada)).Outcome);
        Assert.Single(effects.Recorded<ConversationWithdrawn>());
        Assert.Equal(0, queue.State.Floor.Count);
        queue.ChangesNothing(new Withdraw("c-1"));
    }

    [Fact]
    public void RestoredQueue_GoesOnWhereItStopped()
    {
        var entries = new Dictionary<string, string>();
        void Keep(Turn<QueueState> turn)
        {
            foreach (var entry in turn.Effects.OfType<PutEntry>())
                entries[entry.Key] = entry.Payload;
        }

        Keep(Enqueue("c-1", 3));
        Keep(Enqueue("c-2", 9, 0, "refunds"));
        Keep(Enqueue("c-3", 3, 1));
        Keep(Ready("ada"));
        var kind = GrainCatalog.Find(GrainKinds.Queue);

        queue.State = (QueueState)kind.Restore(kind.Read(kind.Write(queue.State), 2), [.. entries.Select(entry => new IndexEntry(entry.Key, entry.Value))]);

        var head = queue.Ask<QueueView>(new GetQueue()).Head;
        Assert.Equal(["c-2", "c-1", "c-3"], head.Select(waiting => waiting.ConversationId));
        Assert.Equal("refunds", Assert.Single(head[0].Skills));
        Assert.Equal(("bob", "c-1", "billing-2"), MadeIn(Ready("bob")));
        Assert.Single(queue.Handle(new ClaimOffer("billing-1", "ada")).Effects.Told<AssignAgent>(Grain.Conversation("c-2")));
    }
}
