using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

public sealed class ConversationRunsTests
{
    private static readonly GrainId General = Grain.Queue("general");

    private readonly Subject<ConversationBehaviour, ConversationState> conversation = new("c-1");

    public ConversationRunsTests() => conversation.Handle(Receive("m-1"));

    [Fact]
    public void Answer_IsSentInReplyToItsMessage()
    {
        conversation.Now += TimeSpan.FromSeconds(1.5);

        var effects = conversation.Handle(new CompleteRun("m-1", Answered())).Effects;

        var sent = Assert.Single(effects.Recorded<MessageSent>());
        Assert.Equal((2L, "m-1:answer", Author.Assistant, "m-1"), (sent.MessageSequence, sent.MessageId, sent.Author, sent.InReplyTo));
        Assert.Equal("It arrives tomorrow.", sent.Text);
        Assert.Equal("Track it", Assert.Single(sent.Actions));
        Assert.Equal("article-7", Assert.Single(sent.Sources));
        Assert.Equal(new RunCompleted("m-1", Signals, ResolutionTypes.Automated, ChannelNames.Chat, 1.5, "{}"), Assert.Single(effects.Recorded<RunCompleted>()));
        Assert.Equal(Signals, conversation.State.LastSignals);
        Assert.Equal(ConversationStatus.Assistant, conversation.State.Status);
    }

    [Fact]
    public void Procedure_GoesOnWithTheNextMessage_AndEndsWhenAPersonTakesOver()
    {
        var procedure = new ActiveProcedure("return_items", 1, "items", ImmutableDictionary<string, string>.Empty.Add("order", "#W1"), conversation.Now, conversation.Now);
        conversation.Handle(new CompleteRun("m-1", Answered() with { Procedure = procedure }));
        conversation.Handle(Receive("m-2"));

        Assert.Equal(procedure, Assert.IsType<RunContext>(conversation.Handle(new GetRunContext("m-2")).Reply).Procedure);

        conversation.Handle(new CompleteRun("m-2", HandedOff() with { Procedure = procedure }));
        Assert.Null(conversation.State.Procedure);
    }

    [Fact]
    public void FailedRun_StillCarriesWhatIsKnown()
    {
        var procedure = new ActiveProcedure("return_items", 1, "items", ImmutableDictionary<string, string>.Empty, conversation.Now, conversation.Now);
        conversation.Handle(new CompleteRun("m-1", Answered() with { Procedure = procedure }));
        conversation.Handle(Receive("m-2", "the blue ones"));

        conversation.Handle(new WorkFailed(new RunPipeline("c-1", "m-2"), "no disk"));

        var facts = conversation.State.Handoff!.Facts!;
        Assert.Equal(("the blue ones", "processing failed: no disk"), (facts.Question, facts.Fault));
        Assert.Equal((procedure, Signals), (facts.Procedure, facts.Signals));
        Assert.Equal((null, 1), (conversation.State.Procedure, conversation.State.Handoffs));
    }

    [Fact]
    public void WhatModelsTook_AddsUp()
    {
        conversation.Handle(Receive("m-2"));
        conversation.Handle(new CompleteRun("m-1", Answered() with { Spent = new ModelSpend(1, 900, 0.002m, 0.5) }));
        conversation.Handle(new CompleteRun("m-2", Answered() with { Spent = new ModelSpend(2, 100, 0.001m, 1) }));

        Assert.Equal(new ModelSpend(3, 1000, 0.003m, 1.5), conversation.State.Spent);
    }

    [Fact]
    public void NextWaitingMessage_RunsWhenTheFirstIsAnswered()
    {
        conversation.Handle(Receive("m-2", priority: 4));

        var effects = conversation.Handle(new CompleteRun("m-1", Answered())).Effects;

        Assert.Equal(new Perform(new RunPipeline("c-1", "m-2"), 4), Assert.Single(effects.OfType<Perform>()));
    }

    [Fact]
    public void LateOrEarlyOrRepeatedOutcome_ChangesNothing()
    {
        conversation.Handle(Receive("m-2"));

        conversation.ChangesNothing(new CompleteRun("m-2", Answered()));
        conversation.Handle(new CompleteRun("m-1", Answered()));
        conversation.ChangesNothing(new CompleteRun("m-1", HandedOff()));
        conversation.ChangesNothing(new WorkFailed(new RunPipeline("c-1", "m-1"), "late"));
    }

    [Fact]
    public void Handoff_QueuesTheConversationWithItsContext()
    {
        var effects = conversation.Handle(new CompleteRun("m-1", HandedOff("billing", priority: 42, "refunds"))).Effects;

        var package = Assert.Single(effects.Recorded<HandedOff>()).Package;
        Assert.Equal(10, package.Priority);
        var enqueue = Assert.Single(effects.Told<Enqueue>(Grain.Queue("billing")));
        Assert.Equal(("c-1", 10, conversation.Now), (enqueue.ConversationId, enqueue.Priority, enqueue.Since));
        Assert.Equal("refunds", Assert.Single(enqueue.Skills));
        var view = conversation.Ask<ConversationView>(new GetConversation());
        Assert.Equal((ConversationStatus.Queued, "billing", package), (view.Status, view.Queue, view.Handoff));
    }

    [Fact]
    public void MessagesThatWaitAtAHandoff_AreForThePersonAndNotRun()
    {
        conversation.Handle(Receive("m-2"));

        var effects = conversation.Handle(new CompleteRun("m-1", HandedOff())).Effects;

        Assert.Empty(effects.OfType<Perform>());
        Assert.Empty(conversation.State.Waiting);
        conversation.Refuses("not_running", new GetRunContext("m-2"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void OutcomeWithoutAnswerOrHandoff_GoesToAPersonWithAFallbackReply(string? text)
    {
        var outcome = Answered() with { Answer = text is null ? null : new OutgoingMessage(text, [], []), Signals = Signals with { Language = "de" } };

        var effects = conversation.Handle(new CompleteRun("m-1", outcome)).Effects;

        Assert.Equal(FallbackReplies.For("de").Text, Assert.Single(effects.Recorded<MessageSent>()).Text);
        Assert.Equal("the pipeline gave no answer", Assert.Single(effects.Recorded<HandedOff>()).Package.Reason);
        Assert.Equal(ResolutionTypes.ErrorFallback, Assert.Single(effects.Recorded<RunCompleted>()).ResolutionType);
        Assert.Single(effects.Told<Enqueue>(General));
    }

    [Fact]
    public void FailedRun_SendsAFallbackReplyAndKeepsTheReason()
    {
        var effects = conversation.Handle(new WorkFailed(new RunPipeline("c-1", "m-1"), "model timed out")).Effects;

        Assert.Equal("model timed out", Assert.Single(effects.Recorded<RunFailed>()).Reason);
        var sent = Assert.Single(effects.Recorded<MessageSent>());
        Assert.Equal((FallbackReplies.For("en").Text, "m-1", "m-1:answer"), (sent.Text, sent.InReplyTo, sent.MessageId));
        var package = Assert.Single(effects.Recorded<HandedOff>()).Package;
        Assert.Equal(("general", 6), (package.Queue, package.Priority));
        Assert.Contains("model timed out", package.Reason, StringComparison.Ordinal);
        Assert.Contains("Where is my parcel?", package.Summary, StringComparison.Ordinal);
        Assert.Equal(6, Assert.Single(effects.Told<Enqueue>(General)).Priority);
        conversation.ChangesNothing(new WorkFailed(new RunPipeline("c-1", "m-1"), "again"));
    }

    [Theory]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("ja")]
    public void FailedRun_SpeaksTheLanguageThatTheCustomerUsedLast(string language)
    {
        conversation.Handle(new CompleteRun("m-1", Answered() with { Signals = Signals with { Language = language } }));
        conversation.Handle(Receive("m-2", priority: 9));

        var effects = conversation.Handle(new WorkFailed(new RunPipeline("c-1", "m-2"), "no")).Effects;

        var text = Assert.Single(effects.Recorded<MessageSent>()).Text;
        Assert.Equal(FallbackReplies.For(language).Text, text);
        Assert.NotEqual(FallbackReplies.For("en").Text, text);
        Assert.Equal(9, Assert.Single(effects.Recorded<HandedOff>()).Package.Priority);
    }

    [Fact]
    public void Log_IsToldToTheTicketAndTheCustomer()
    {
        var metrics = ImmutableDictionary<string, string>.Empty.Add("seconds", "2");
        var outcome = Answered() with { Log = new InteractionLog("T-9", "Parcel", "solved", "cust-3", metrics) };

        var effects = conversation.Handle(new CompleteRun("m-1", outcome)).Effects;

        var log = Assert.Single(effects.Told<LogInteraction>(Grain.Ticket("T-9")));
        Assert.Equal(("c-1", "cust-3", "m-1", "Parcel", "solved", "automated"), (log.ConversationId, log.CustomerId, log.MessageId, log.Subject, log.Status, log.ResolutionType));
        var note = Assert.Single(effects.Told<NoteInteraction>(Grain.Customer("cust-3"))).Interaction;
        Assert.Equal(("m-1", "c-1", "Where is my parcel?", "order_status"), (note.MessageId, note.ConversationId, note.Text, note.Intent));
        Assert.Equal("T-9", conversation.State.TicketId);
    }

    [Fact]
    public void RunContext_HasTheHistoryBeforeTheMessageAndNothingElse()
    {
        conversation.Handle(new CompleteRun("m-1", Answered()));
        conversation.Handle(Receive("m-2", "And my refund?"));
        conversation.Handle(Receive("m-3", "Hello?"));

        var context = conversation.Ask<RunContext>(new GetRunContext("m-2"));

        Assert.Equal(("c-1", "And my refund?", 3L), (context.ConversationId, context.Message.Content, context.Sequence));
        Assert.Equal([(1L, Author.Customer), (2L, Author.Assistant)], context.History.Select(line => (line.Sequence, line.Author)));
        conversation.Refuses("not_running", new GetRunContext("m-3"));
        conversation.Refuses("not_running", new GetRunContext("m-1"));
    }

    [Fact]
    public void ProvenIdentity_HoldsUntilItsTimeAndResetsFailedProofs()
    {
        conversation.Handle(new CompleteRun("m-1", Answered() with { ProofFailed = true }));
        conversation.Handle(Receive("m-2"));
        Assert.Equal(1, conversation.Ask<RunContext>(new GetRunContext("m-2")).FailedProofs);
        var identity = new ProvenIdentity("shop-1", "Ada", "basic", conversation.Now, conversation.Now.AddMinutes(30));

        var effects = conversation.Handle(new CompleteRun("m-2", Answered() with { Identity = identity })).Effects;

        Assert.Single(effects.Recorded<IdentityProven>());
        conversation.Handle(Receive("m-3"));
        conversation.Now = identity.Until.AddTicks(-1);
        var context = conversation.Ask<RunContext>(new GetRunContext("m-3"));
        Assert.Equal((identity, 0), (context.Identity, context.FailedProofs));
        conversation.Now = identity.Until;
        Assert.Null(conversation.Ask<RunContext>(new GetRunContext("m-3")).Identity);
    }

    [Fact]
    public void PendingRequest_IsRememberedUntilARunClearsIt()
    {
        var pending = new PendingRequest("order_number", "order_status", ImmutableDictionary<string, string>.Empty, conversation.Now);
        conversation.Handle(new CompleteRun("m-1", Answered() with { Pending = pending }));
        conversation.Handle(Receive("m-2"));
        Assert.Equal(pending, conversation.Ask<RunContext>(new GetRunContext("m-2")).Pending);

        conversation.Handle(new CompleteRun("m-2", Answered()));

        Assert.Null(conversation.State.Pending);
    }
}
