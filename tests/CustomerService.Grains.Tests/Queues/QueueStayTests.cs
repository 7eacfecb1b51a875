using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

/// <summary>One conversation's stays in a line, and words about them that come late or again.</summary>
public sealed class QueueStayTests
{
    [Fact]
    public void WordOfAnEarlierStay_ChangesNothing()
    {
        var queue = new TestQueue();
        queue.Enqueue(new Enqueue("c-1", 3, queue.Now, []) { Hop = 2 });

        queue.ChangesNothing(new Enqueue("c-1", 9, queue.Now, []) { Hop = 1 });
    }

    [Fact]
    public void NewStay_EndsTheOffersOfTheOldOne()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Ready("bob");
        queue.Enqueue(new Enqueue("c-1", 3, queue.Now, []) { Hop = 1 });
        var first = Assert.Single(queue.State.Leases).OfferId;

        var effects = queue.Enqueue(new Enqueue("c-1", 3, queue.Now, []) { Hop = 2, PreferredAgent = "bob", PreferredUntil = queue.Now.AddSeconds(60) }).Effects;

        Assert.Equal((first, OfferStates.Cancelled), (Assert.Single(effects.Recorded<OfferEnded>()).OfferId, Assert.Single(effects.Recorded<OfferEnded>()).Outcome));
        Assert.Equal("c-1→bob", effects.Made());
        Assert.Equal(2, queue.State.Floor.Find("c-1")!.Hop);
    }

    [Fact]
    public void ReturnedConversation_IsNotOfferedToWhoJustLetItGo()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.After(5);
        queue.Ready("bob");

        Assert.Equal("c-1→bob", queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { LetGoBy = "ada" }).Effects.Made());
    }

    [Fact]
    public void RejectedOffer_FreesItsAgentForTheNextInLine()
    {
        var queue = new TestQueue();
        queue.Ready("ada");
        queue.Enqueue("c-1");
        queue.After(1);
        queue.Enqueue("c-2");
        queue.Ready("bob", units: 0);

        var effects = queue.Handle(new DeclineOffer("billing-1", "ada", "not mine")).Effects;

        Assert.Equal(new NoteOfferEnd("billing-1", "ada", OfferStates.Rejected, "not mine"), Assert.Single(effects.Told<NoteOfferEnd>(Grain.Conversation("c-1"))));
        Assert.Single(effects.Recorded<OfferMade>());
    }

    [Fact]
    public void PriorityThatAges_LetsAnOldOneGoFirst()
    {
        var queue = new TestQueue(new QueuePolicy { PriorityPointSeconds = 60 });
        queue.Enqueue("c-old");
        queue.After(119);
        queue.Enqueue("c-quick", priority: 2);
        queue.After(2);
        queue.Enqueue("c-late", priority: 2);

        Assert.Equal(["c-quick", "c-old", "c-late"], queue.View.Head.Select(waiting => waiting.ConversationId));
    }

    [Fact]
    public void FreedAgent_GetsTheLongestWaitingOfThoseWhoFit()
    {
        var queue = new TestQueue();
        queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { Needs = [new SkillNeed("thai", 1, true)] });
        queue.After(1);
        queue.Enqueue("c-2");
        queue.After(1);
        queue.Enqueue("c-3");

        Assert.Equal("c-2→ada", queue.Ready("ada", 1, "french").Effects.Made());
        Assert.Equal("c-1→bob", queue.Ready("bob", 1, "thai").Effects.Made());
    }

    [Fact]
    public void Explanation_NamesWhoWasConsideredAndWhy()
    {
        var queue = new TestQueue();
        queue.Ready("ada", 1, "french");
        queue.Ready("bob", 1, "thai");
        queue.Enqueue(new Enqueue("c-1", 0, queue.Now, []) { Needs = [new SkillNeed("thai", 1, true)] });

        var match = queue.Ask<MatchView>(new ExplainMatch("c-1"));

        Assert.Equal("bob", match.Chosen);
        Assert.Equal(["chosen", "skipped"], match.Considered.OrderBy(each => each.Verdict, StringComparer.Ordinal).Select(each => each.Verdict));
        Assert.All(match.Considered, each => Assert.NotEmpty(each.Why));
        Assert.Null(queue.Ask<MatchView>(new ExplainMatch("c-elsewhere")).Chosen);
    }
}
