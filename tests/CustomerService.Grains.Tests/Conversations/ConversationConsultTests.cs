using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tests.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;

namespace CustomerService.Grains.Tests.Conversations;

public sealed class ConversationConsultTests
{
    private static readonly GrainId Kim = Grain.Agent("kim");

    [Fact]
    public void AskedAgent_HasTheQuestion_AndTheConversationStaysWhereItIs()
    {
        var conversation = Assigned();

        var effects = conversation.Handle(new Consult("ada", " Is batch 7 affected? ") { Agent = "kim", Id = "k-1" }).Effects;
        conversation.ChangesNothing(new Consult("ada", "Is batch 7 affected?") { Agent = "kim", Id = "k-1" });

        Assert.Equal(new ReceiveConsult("c-1", "q-1", "ada", "Is batch 7 affected?", conversation.Now), Assert.Single(effects.Told<ReceiveConsult>(Kim)));
        Assert.Equal(new NoteAdded("ada", "Is batch 7 affected?"), Assert.Single(effects.Recorded<NoteAdded>()));
        Assert.Equal((ConversationStatus.Assigned, "ada"), (conversation.State.Status, conversation.State.AgentId));
        Assert.Equal("q-1", Assert.Single(conversation.Ask<ConversationView>(new GetConversation()).Consults).Id);
    }

    [Fact]
    public void Answer_IsANoteForBoth_AndTheQuestionLeavesEachDesk()
    {
        var conversation = Assigned();
        conversation.Handle(new Consult("ada", "Is batch 7 affected?") { Queue = "technical" });
        conversation.Handle(new NoteColleagues("q-1", ["kim", "lee"]));
        conversation.Refuses("not_asked", new AnswerConsult("max", "q-1", "Yes."));
        conversation.Refuses("empty_message", new AnswerConsult("lee", "q-1", " "));

        var effects = conversation.Handle(new AnswerConsult("lee", "q-1", "Yes, all of it.")).Effects;

        Assert.Equal(new NoteAdded("lee", "Yes, all of it."), Assert.Single(effects.Recorded<NoteAdded>()));
        Assert.Single(effects.Told<DropConsult>(Kim));
        Assert.Single(effects.Told<DropConsult>(Grain.Agent("lee")));
        Assert.Empty(conversation.State.Consults);
        conversation.Refuses("consult_over", new AnswerConsult("kim", "q-1", "No."));
    }

    [Fact]
    public void Queue_NamesThoseWhoHaveMostRoom_AndNeverWhoAsks()
    {
        var queue = new TestQueue();
        queue.Ready("ada", 9);
        queue.Ready("full", 0);
        queue.Ready("kim", 1);
        queue.Ready("lee", 3);
        queue.Ready("max", 2);

        var told = Assert.Single(queue.Handle(new FindColleagues("c-1", "q-1", "ada")).Effects.Told<NoteColleagues>(Grain.Conversation("c-1")));

        Assert.Equal("lee max kim", string.Join(' ', told.Agents));
        Assert.Empty(Assert.Single(new TestQueue().Handle(new FindColleagues("c-1", "q-1", "ada")).Effects.Told<NoteColleagues>(Grain.Conversation("c-1"))).Agents);
    }

    [Fact]
    public void QueuesWordThatComesTwiceOrTooLate_ChangesNothing()
    {
        var conversation = Assigned();
        conversation.Handle(new Consult("ada", "Who knows batch 7?") { Queue = "technical" });
        conversation.Handle(new NoteColleagues("q-1", ["kim"]));

        conversation.ChangesNothing(new NoteColleagues("q-1", ["kim"]));
        conversation.Handle(new EndConsult("ada", "q-1"));
        conversation.ChangesNothing(new NoteColleagues("q-1", ["lee"]));
    }

    [Fact]
    public void Question_IsTakenBackByWhoAskedOrWhoHasIt_AndEndsWithTheMatter()
    {
        var conversation = Assigned();
        conversation.Handle(new Consult("sam", "Why so long?") { Agent = "kim" });
        conversation.Handle(new Consult("ada", "Is batch 7 affected?") { Agent = "kim" });
        conversation.Refuses("not_your_question", new EndConsult("kim", "q-1"));
        Assert.Single(conversation.Handle(new EndConsult("ada", "q-1")).Effects.Told<DropConsult>(Kim));

        var effects = conversation.Handle(new Resolve("ada")).Effects;

        Assert.Equal("q-2", Assert.Single(effects.Told<DropConsult>(Kim)).ConsultId);
        Assert.Equal(new ConsultEnded("q-2", "ada"), Assert.Single(effects.Recorded<ConsultEnded>()));
    }

    [Fact]
    public void QuestionThatCanNotBe_IsRefused()
    {
        var conversation = Assigned();
        conversation.Refuses("nobody_asked", new Consult("ada", "Hello?"));
        conversation.Refuses("nobody_asked", new Consult("ada", "Hello?") { Agent = "kim", Queue = "billing" });
        conversation.Refuses("asks_themselves", new Consult("ada", "Hello?") { Agent = "ada" });
        conversation.Refuses("empty_message", new Consult("ada", "") { Agent = "kim" });
        for (var i = 0; i < Consult.MaxOpen; i++)
            conversation.Handle(new Consult("ada", "Hello?") { Agent = "kim" });
        conversation.Refuses("too_many_questions", new Consult("ada", "Hello?") { Agent = "kim" });
        Begun().Refuses("no_such_conversation", new Consult("ada", "Hello?") { Agent = "kim" });
    }

    [Fact]
    public void Desk_KeepsTheQuestionUntilItIsDropped_AndTakesNoRoomForIt()
    {
        var agent = new Subject<AgentBehaviour, AgentState>("kim");
        var question = new ReceiveConsult("c-1", "q-1", "ada", "Is batch 7 affected?", agent.Now);
        agent.ChangesNothing(question); // Nobody made kim an agent yet.
        agent.Handle(new ConfigureAgent("Kim", ["billing"], [], 1));
        agent.Handle(new SetPresence("available"));

        agent.Handle(question);
        agent.ChangesNothing(question);

        var view = agent.Ask<AgentView>(new GetAgent());
        Assert.Equal((1, "ada"), (view.FreeUnits, Assert.Single(view.Consults).By));
        agent.Handle(new DropConsult("c-1", "q-1"));
        agent.ChangesNothing(new DropConsult("c-1", "q-1"));
        Assert.Empty(agent.Ask<AgentView>(new GetAgent()).Consults);
    }

    [Fact]
    public void PromisedCall_ComesBackToWhoPromisedItAtItsTime()
    {
        var conversation = Assigned();
        var at = conversation.Now.AddHours(3);
        conversation.Refuses("callback_time_missing", new RequestCallback("ada", "+49 30 1234", null));
        conversation.Refuses("callback_time_missing", new RequestCallback("ada", "+49 30 1234", conversation.Now));
        conversation.Refuses("callback_too_late", new RequestCallback("ada", "+49 30 1234", conversation.Now.AddDays(8)));
        conversation.Refuses("callback_address_missing", new RequestCallback("ada", " ", at));
        conversation.Refuses("not_waiting", new RequestCallback("customer", "+49 30 1234", at));

        var effects = conversation.Handle(new RequestCallback("ada", "+49 30 1234", at)).Effects;

        Assert.Single(effects.Told<ReleaseWork>(Ada));
        Assert.Equal((ConversationStatus.Snoozed, at), (conversation.State.Status, conversation.State.SnoozedUntil));
        conversation.Now = at;
        var enqueue = Assert.Single(conversation.Handle(new Unsnooze("alarm")).Effects.Told<Enqueue>(Billing));
        Assert.Equal(("ada", "+49 30 1234"), (enqueue.PreferredAgent, enqueue.CallbackTo));
    }

    [Fact]
    public void ActOnWhatSomebodyElseTook_SaysWhoHasIt() =>
        Assert.Contains("kim does now", Assert.IsType<Refused>(Queued().Assign("kim", "billing-1").Handle(new SendAgentReply("ada", "r-1", "Hello")).Reply).Message, StringComparison.Ordinal);
}
