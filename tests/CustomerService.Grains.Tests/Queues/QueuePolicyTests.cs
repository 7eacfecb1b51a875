using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

/// <summary>The owner's settings of a queue, each by what it does.</summary>
public sealed class QueuePolicyTests
{
    private static readonly GrainId First = Grain.Conversation("c-1");

    [Fact]
    public void Policy_IsKeptAndShown_AndTheSameAgainChangesNothing()
    {
        static QueuePolicy Wanted() => new()
        {
            Overflow = "general",
            MaxWaiting = 3,
            Units = ImmutableDictionary.CreateRange([KeyValuePair.Create("voice", 3), KeyValuePair.Create("chat", 1)]),
            Relaxation = [new RelaxationStep(30, 1, ["french"], false)],
        };
        var queue = new TestQueue(Wanted());

        Assert.Equal("general", queue.View.Policy!.Overflow);
        queue.ChangesNothing(new ConfigureQueue(Wanted()));
        Assert.Single(queue.Handle(new ConfigureQueue(Wanted() with { MaxWaiting = 4 })).Effects.Recorded<QueueConfigured>());
        Assert.DoesNotContain("general", System.Text.Json.JsonSerializer.Serialize(queue.State, GrainsJson.Default.QueueState), StringComparison.Ordinal);
    }

    [Fact]
    public void PolicyThatCannotWork_IsRefused()
    {
        var queue = new TestQueue();

        queue.Refuses("policy_invalid", new ConfigureQueue(new QueuePolicy { OfferSeconds = 0 }));
        queue.Refuses("policy_invalid", new ConfigureQueue(new QueuePolicy { OfferSeconds = double.NaN }));
        queue.Refuses("policy_invalid", new ConfigureQueue(new QueuePolicy { OfferTo = 51 }));
        queue.Refuses("policy_invalid", new ConfigureQueue(new QueuePolicy { MaxOffers = -1 }));
        queue.Refuses("policy_invalid", new ConfigureQueue(new QueuePolicy { PriorityPointSeconds = double.PositiveInfinity }));
    }

    [Fact]
    public void NewPolicy_OffersWhomItLets()
    {
        var queue = new TestQueue(new QueuePolicy { Units = ImmutableDictionary<string, int>.Empty.Add("voice", 3) });
        queue.Ready("ada", units: 2);
        Assert.Equal("", queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { Channel = "voice" }).Effects.Made());

        Assert.Equal("c-1→ada", queue.Handle(new ConfigureQueue(new QueuePolicy { Units = ImmutableDictionary<string, int>.Empty.Add("voice", 2) })).Effects.Made());
    }

    [Fact]
    public void Offer_SaysWhatTheDeskMustKnow()
    {
        var wrapUp = new WrapUpPolicy(60, ["sold"], true);
        var queue = new TestQueue(new QueuePolicy { OfferSeconds = 12, WrapUp = wrapUp, Units = ImmutableDictionary<string, int>.Empty.Add("voice", 3) });
        queue.Ready("ada", units: 3);

        var turn = queue.Enqueue(new Enqueue("c-1", 0, queue.Now.AddMinutes(-1), []) { Channel = "voice", CallbackTo = "+4930123" });

        var offer = Assert.Single(turn.Effects.Told<ReceiveOffer>(Grain.Agent("ada")));
        Assert.Equal((queue.Now.AddSeconds(12), "voice", 3, queue.Now.AddMinutes(-1), wrapUp, "+4930123"), (offer.ExpiresAt, offer.Channel, offer.Units, offer.Since, offer.WrapUp, offer.CallbackTo));
        var explained = Assert.Single(turn.Effects.Told<NoteOffer>(First));
        Assert.Equal((offer.OfferId, "ada", "ada", offer.Why), (explained.OfferId, explained.AgentId, explained.Match.Chosen, explained.Match.Why));
    }

    [Fact]
    public void Terms_AreToldOnceToWhoDoesNotHaveThem()
    {
        var queue = new TestQueue(new QueuePolicy { Terms = new() { Version = "t-1", LastAgentSeconds = 60 } });
        queue.Ready("ada");

        var effects = queue.Enqueue("c-1").Effects;

        Assert.Equal(new NoteTerms("billing", 1, queue.View.Policy!.Terms), Assert.Single(effects.Told<NoteTerms>(First)));
        Assert.IsType<NoteTerms>(effects.OfType<Tell>().First(tell => tell.To == First).Command);
        Assert.Empty(queue.Enqueue(new Enqueue("c-1", 3, queue.Now, []) { Hop = 1 }).Effects.Told<NoteTerms>(First));
        Assert.Empty(queue.Enqueue(new Enqueue("c-2", 0, queue.Now, []) { TermsVersion = "t-1" }).Effects.Told<NoteTerms>(Grain.Conversation("c-2")));
        Assert.Empty(new TestQueue().Enqueue("c-3").Effects.Told<NoteTerms>(Grain.Conversation("c-3")));
    }

    [Fact]
    public void FullLine_PassesOnToTheOverflow_AndKeepsWhoHasNowhereToGo()
    {
        var queue = new TestQueue(new QueuePolicy { MaxWaiting = 1, Overflow = "general" });
        queue.Enqueue("c-1");

        var passed = queue.Enqueue("c-2").Effects;

        var told = Assert.Single(passed.Told<PassOn>(Grain.Conversation("c-2")));
        Assert.Equal(("billing", 1L, "general", false), (told.Queue, told.Hop, told.To, told.Escalate));
        Assert.Equal(told.Reason, Assert.Single(passed.Recorded<ConversationPassedOn>()).Reason);
        Assert.Empty(passed.OfType<PutEntry>());
        Assert.Empty(queue.Enqueue("c-1", priority: 5).Effects.Recorded<ConversationPassedOn>());
        Assert.Empty(queue.Enqueue(new Enqueue("c-3", 0, queue.Now, []) { Keep = true }).Effects.Recorded<ConversationPassedOn>());
        Assert.Equal(2, queue.View.Waiting);
    }

    public static TheoryData<SkipIf, bool> Skips() => new()
    {
        { new SkipIf(NoAgents: true, false, false, null, null), true },
        { new SkipIf(false, Closed: true, false, null, null), false },
        { new SkipIf(false, false, Paused: true, null, null), true },
        { new SkipIf(false, false, false, WaitingOver: 0, null), true },
        { new SkipIf(false, false, false, WaitingOver: 1, null), false },
        { new SkipIf(false, false, false, null, WaitOverSeconds: 1), false },
    };

    [Theory]
    [MemberData(nameof(Skips))]
    public void SkipIf_PassesOnAtOnce(SkipIf skip, bool passes)
    {
        var queue = new TestQueue();
        queue.Enqueue("c-1");
        queue.Handle(new PauseQueue("lead", "outage"));

        var effects = queue.Enqueue(new Enqueue("c-2", 0, queue.Now, []) { SkipIf = skip }).Effects;

        Assert.Equal(passes ? 1 : 0, effects.Told<PassOn>(Grain.Conversation("c-2")).Count);
        Assert.Equal(passes ? 1 : 2, queue.View.Waiting);
    }

    [Fact]
    public void SkipIf_WithAnAgentThere_StaysEvenIfTheyAreBusy()
    {
        var queue = new TestQueue();
        queue.Ready("ada", units: 0);

        queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { SkipIf = new SkipIf(NoAgents: true, true, true, null, null) });

        Assert.Equal((1, 1, 0), (queue.View.Waiting, queue.View.AgentsPresent, queue.View.AgentsReady));
    }

    [Fact]
    public void OfferedTooOften_EscalatesAndSaysWhy()
    {
        var queue = new TestQueue(new QueuePolicy { MaxOffers = 2, EscalateTo = "tier2" });
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.Handle(new DeclineOffer("billing-1", "ada", "busy"));

        var effects = queue.Wait(30);

        var told = Assert.Single(effects.Told<PassOn>(First));
        Assert.True(told.Escalate);
        Assert.Equal(("tier2", "offered 2 times and taken by nobody"), (told.To, told.Reason));
        Assert.Equal(0, queue.View.Waiting);
        Assert.Equal("c-1", Assert.Single(effects.OfType<RemoveEntry>()).Key);
    }

    [Fact]
    public void OfferedTooOften_WithNoTierAbove_StaysAndIsOfferedOn()
    {
        var queue = new TestQueue(new QueuePolicy { MaxOffers = 1 });
        queue.Ready("ada");
        queue.Enqueue("c-1");

        Assert.Equal("c-1→ada", queue.Wait(30).Made());
    }

    [Fact]
    public void OneConversation_IsOfferedToSeveral_AndTheFirstTakerWins()
    {
        var queue = new TestQueue(new QueuePolicy { OfferTo = 2 });
        queue.Ready("ada");
        queue.Ready("bob");
        queue.Ready("cid");
        queue.After(1);
        Assert.Equal("c-1→ada c-1→bob", queue.Enqueue("c-1").Effects.Made());
        Assert.Equal(2, queue.View.Offers);

        var effects = queue.Claim("2", "bob").Effects;

        Assert.Equal("billing-2", Assert.Single(effects.Told<AssignAgent>(First)).OfferId);
        Assert.Single(effects.Told<ConfirmOffer>(Grain.Agent("bob")));
        Assert.Equal(OfferStates.Rescinded, Assert.Single(effects.Told<RescindOffer>(Grain.Agent("ada"))).Outcome);
        Assert.Equal(OfferStates.Rescinded, Assert.Single(effects.Told<NoteOfferEnd>(First)).Outcome);
        var late = queue.Claim("1", "ada").Effects;
        Assert.Single(late.Told<RescindOffer>(Grain.Agent("ada")));
        Assert.Empty(late.Told<AssignAgent>(First));
    }

    [Fact]
    public void ConversationWithRoomForMoreOffers_IsOfferedToWhoComes()
    {
        var queue = new TestQueue(new QueuePolicy { OfferTo = 3 });
        queue.Ready("ada");
        queue.Enqueue("c-1");

        Assert.Equal("c-1→bob", queue.Ready("bob").Effects.Made());
        Assert.Equal("", queue.Ready("bob").Effects.Made());
        Assert.Equal("c-1→cid", queue.Ready("cid").Effects.Made());
        Assert.Equal("", queue.Ready("dan").Effects.Made());
    }
}
