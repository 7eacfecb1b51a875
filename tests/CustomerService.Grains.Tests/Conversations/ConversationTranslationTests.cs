using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

using Conversation = Subject<ConversationBehaviour, ConversationState>;

public sealed class ConversationTranslationTests
{
    private static QueueTerms English { get; } = Terms with { Version = "t-en", WorkLanguages = ["en"] };

    [Fact]
    public void WhatWasSaidBefore_IsTranslatedForTheQueue_AndAgainForTheAgent()
    {
        var conversation = Queued();
        conversation.Handle(new NoteTerms("billing", conversation.State.Hop, English));
        var forQueue = Asked(conversation);
        conversation.Assign("ada", "billing-1");
        var forAgent = Asked(conversation);

        Assert.Equal([(1, Author.Customer, "Where is my parcel?"), (2, Author.Assistant, "A colleague takes over.")], forQueue.Select(line => (line.Sequence, line.Author, line.Text)));
        Assert.Equal(forQueue.AsEnumerable(), forAgent);
    }

    [Fact]
    public void LaterMessages_AreTranslatedWhole()
    {
        var conversation = Held();
        var text = new string('x', 5_000);

        conversation.Handle(Receive("m-2", text));

        var line = Assert.Single(Asked(conversation));
        Assert.Equal((3L, text, false), (line.Sequence, line.Text, line.Shortened));
    }

    [Fact]
    public void WithoutWorkLanguages_NothingIsAsked()
    {
        var conversation = Assigned(terms: Terms);
        conversation.Handle(Receive("m-2", "Hola"));

        Assert.Empty(conversation.Last.Effects.OfType<Perform>());
        conversation.Refuses("not_translated", new GetTranslation());
    }

    [Fact]
    public void Translations_AreRecordedOnceForEachLanguage_AlsoLate()
    {
        var conversation = Held();
        var note = Noted((1, "¿Dónde?", "Where?"));
        var first = conversation.Handle(note with { Id = "e-1" }).Effects;
        conversation.ChangesNothing(note with { Id = "e-1" });
        var other = conversation.Handle(note with { Id = "e-2" }).Effects;
        conversation.Handle(new Resolve("ada"));
        var late = conversation.Handle(Noted((2, "Ya", "Now")) with { Id = "e-3" }).Effects;

        Assert.Equal(new MessageTranslated(1, "es", "en", "Where?", "ours"), Assert.Single(first.Recorded<MessageTranslated>()));
        Assert.Empty(other.Recorded<MessageTranslated>());
        Assert.Single(late.Recorded<MessageTranslated>());
        Assert.Equal(ConversationStatus.Resolved, conversation.State.Status);
    }

    [Fact]
    public void NotTranslated_IsRecordedWithItsReason_AndMayBeTriedAgain()
    {
        var conversation = Held();
        var fault = new NoteTranslations([new LineTranslation(1, "es", "en") { Reason = "ours: down" }]) { CustomerLanguage = "es", Reader = ["en"], Id = "e-1" };

        var effects = conversation.Handle(fault).Effects;
        var work = new TranslateLines("c-1", [new LineToTranslate(1, Author.Customer, "Hola")]);
        var given = conversation.Handle(new WorkFailed(work, "gone") { Id = "e-9" }).Effects;

        Assert.Equal(new MessageNotTranslated(1, "en", "ours: down"), Assert.Single(effects.Recorded<MessageNotTranslated>()));
        Assert.Equal("gone", Assert.Single(given.Recorded<MessageNotTranslated>()).Reason);
        Assert.Single(conversation.Handle(Noted((1, "Hola", "Hello")) with { Id = "e-2" }).Effects.Recorded<MessageTranslated>());
    }

    [Fact]
    public void Reply_GoesOutInTheCustomersLanguage_WithTheOriginalAtHand()
    {
        var conversation = Spanish();
        var accepted = conversation.Ask<MessageAccepted>(Reply("r-1", "It comes."));
        var work = Work(conversation);
        var again = conversation.Ask<MessageAccepted>(Reply("r-1", "It comes."));
        var sent = conversation.Handle(Finished("r-1", "Viene.")).Effects;
        conversation.ChangesNothing(Finished("r-1", "Viene."));
        var after = conversation.Ask<MessageAccepted>(Reply("r-1", "It comes."));

        Assert.Equal((0L, false, true), (accepted.Sequence, accepted.Duplicate, accepted.Translating));
        Assert.Equal(("en", "es", "It comes."), (work.From, work.To, work.Text));
        Assert.Equal((true, true), (again.Duplicate, again.Translating));
        Assert.Equal((3L, "Viene.", "ada"), Assert.Single(sent.Recorded<MessageSent>()) is var message ? (message.MessageSequence, message.Text, message.AgentId) : default);
        Assert.Equal(new MessageTranslated(3, "es", "en", "It comes.", "ours") { IsOriginal = true }, Assert.Single(sent.Recorded<MessageTranslated>()));
        Assert.Equal((3L, true, false), (after.Sequence, after.Duplicate, after.Translating));
        Assert.Empty(conversation.Ask<ConversationView>(new GetConversation()).Replies);
    }

    [Fact]
    public void LaterReply_NeverOvertakes_AnEarlierOne()
    {
        var conversation = Spanish();
        conversation.Handle(Reply("r-1", "One."));
        conversation.Handle(Reply("r-2", "Two."));
        conversation.Handle(new SendAgentReply("ada", "r-3", "Tres.") { Language = "es" });
        conversation.Handle(new SendAgentReply("ada", "r-4", "4.") { AsIs = true });
        var second = conversation.Handle(Finished("r-2", "Dos.")).Effects;
        var all = conversation.Handle(Finished("r-1", "Uno.")).Effects;

        Assert.Empty(second.Recorded<MessageSent>());
        Assert.Equal(["Uno.", "Dos.", "Tres.", "4."], all.Recorded<MessageSent>().Select(message => message.Text));
        Assert.Equal(2, all.Recorded<MessageTranslated>().Count);
    }

    [Fact]
    public void ReplyThatCantBeTranslated_WaitsForItsAgent()
    {
        var conversation = Spanish();
        conversation.Handle(Reply("r-1", "One."));
        conversation.Handle(Reply("r-2", "Two."));
        var failed = conversation.Handle(new FinishReply("r-1", 1) { Reason = "ours: down" }).Effects;
        conversation.Handle(Finished("r-2", "Dos."));
        var shown = conversation.Ask<ConversationView>(new GetConversation()).Replies;
        var retried = conversation.Ask<MessageAccepted>(Reply("r-1", "One."));
        var work = Work(conversation);
        conversation.ChangesNothing(new FinishReply("r-1", 1) { Text = "too late" });
        conversation.Handle(new FinishReply("r-1", 2) { Reason = "ours: still down" });
        var sent = conversation.Ask<MessageAccepted>(Reply("r-1", "One.") with { AsIs = true });

        Assert.Equal(new ReplyNotTranslated("r-1", "ada", "ours: down"), Assert.Single(failed.Recorded<ReplyNotTranslated>()));
        Assert.Equal([("r-1", "ours: down"), ("r-2", null)], shown.Select(reply => (reply.MessageId, reply.Reason)));
        Assert.Equal((true, 2), (retried.Translating, work.Attempt));
        Assert.Equal((3L, false), (sent.Sequence, sent.Translating));
        Assert.Equal(["One.", "Dos."], conversation.Last.Effects.Recorded<MessageSent>().Select(message => message.Text));
    }

    [Fact]
    public void CancelledReply_NeverGoesOut_AndLetsTheNextGo()
    {
        var conversation = Spanish();
        conversation.Handle(Reply("r-1", "One."));
        conversation.Handle(Reply("r-2", "Two."));
        conversation.Handle(Finished("r-2", "Dos."));
        var cancelled = conversation.Handle(new CancelReply("ada", "r-1")).Effects;
        conversation.ChangesNothing(Finished("r-1", "Uno."));
        conversation.Refuses("no_such_reply", new CancelReply("ada", "r-1"));

        Assert.Single(cancelled.Recorded<ReplyCancelled>());
        Assert.Equal("Dos.", Assert.Single(cancelled.Recorded<MessageSent>()).Text);
    }

    [Fact]
    public void Conversation_IsNotResolved_OverAReplyThatHasNotGoneOut()
    {
        var conversation = Spanish();
        conversation.Handle(Reply("r-1", "One."));
        conversation.Refuses("reply_not_sent", new Resolve("ada"));
        conversation.Handle(new WorkFailed(new TranslateReply("c-1", "r-1", "ada", "en", "es", "One.", 1), "gone"));
        conversation.Refuses("reply_not_sent", new Resolve("ada"));
        conversation.Handle(new CancelReply("ada", "r-1"));

        Assert.IsType<Done>(conversation.Handle(new Resolve("ada")).Reply);
    }

    [Fact]
    public void ReplyUnderWay_GoesOut_AlsoWhenItsAgentIsGone_AndTheNextOneDecidesAFailure()
    {
        var conversation = Spanish();
        conversation.Handle(Reply("r-1", "One."));
        conversation.Handle(Reply("r-2", "Two."));
        conversation.Handle(new ReturnToQueue("ada", "billing-1", "gone"));
        var sent = conversation.Handle(Finished("r-1", "Uno.")).Effects;
        conversation.Handle(new FinishReply("r-2", 1) { Reason = "down" });
        conversation.Assign("bob", "billing-2");
        conversation.Refuses("not_assigned", Reply("r-2", "Two.") with { AsIs = true });
        var decided = conversation.Handle(Reply("r-2", "Two.") with { AgentId = "bob", AsIs = true }).Effects;

        Assert.Equal("ada", Assert.Single(sent.Recorded<MessageSent>()).AgentId);
        Assert.Equal("Two.", Assert.Single(decided.Recorded<MessageSent>()).Text);
    }

    [Fact]
    public void Promise_IsKeptWhenTheReplyGoesOut_NotBefore()
    {
        var conversation = Spanish();
        conversation.After(50).Handle(Reply("r-1", "One."));
        var answeredBefore = conversation.State.Answered;
        var effects = conversation.After(5).Handle(Finished("r-1", "Uno.")).Effects;

        Assert.False(answeredBefore);
        Assert.Equal(55, Assert.Single(effects.Recorded<ServiceClockStopped>(), clock => clock.Kind == ServiceClocks.FirstResponse).SpentSeconds, 0.01);
    }

    [Fact]
    public void ReplyInTheReadersOwnLanguage_GoesOutAtOnce()
    {
        var conversation = Held();
        conversation.Handle(new NoteTranslations([]) { CustomerLanguage = "en", Reader = ["en"], Id = "e-1" });

        Assert.Equal((3L, false), conversation.Ask<MessageAccepted>(Reply("r-1", "Hello.")) is var accepted ? (accepted.Sequence, accepted.Translating) : default);
        Assert.Equal(4, conversation.Ask<MessageAccepted>(new SendAgentReply("ada", "r-2", "There.")).Sequence);
    }

    [Fact]
    public void ReplyWithoutItsLanguage_IsToldFromItsText_WhereTheCustomerReadsAnother()
    {
        var conversation = Spanish();
        conversation.Handle(new SendAgentReply("ada", "r-1", "Hola."));
        var work = Work(conversation);
        var sent = conversation.Handle(new FinishReply("r-1", 1) { Text = "Hola.", From = "es" }).Effects;

        Assert.Null(work.From);
        Assert.Equal("Hola.", Assert.Single(sent.Recorded<MessageSent>()).Text);
        Assert.Empty(sent.Recorded<MessageTranslated>());
    }

    [Fact]
    public void HeldReplies_AreBounded()
    {
        var conversation = Spanish();
        for (var i = 0; i < ConversationTranslation.MaxReplies; i++)
            conversation.Handle(Reply($"r-{i}", "One."));

        conversation.Refuses("too_many_replies", Reply("r-more", "One more."));
        Assert.IsType<Refused>(Spanish().Handle(Reply("r-1", new string('x', ConversationTranslation.MaxRepliesText + 1))).Reply);
    }

    [Fact]
    public void Context_TellsWhoReadsWhat()
    {
        var context = Spanish().Ask<TranslationContext>(new GetTranslation());

        Assert.Equal(("ada", "es"), (context.AgentId, context.CustomerLanguage));
        Assert.Equal("en", Assert.Single(context.WorkLanguages));
        Assert.Equal(new TranslatedMessage(1, "en"), Assert.Single(context.Known));
    }

    private static Conversation Held() => Assigned(terms: English);

    /// <summary>A customer who writes Spanish, with Ada, who does not.</summary>
    private static Conversation Spanish()
    {
        var conversation = Held();
        conversation.Handle(Noted((1, "¿Dónde?", "Where?")) with { Id = "e-0" });
        return conversation;
    }

    private static NoteTranslations Noted((long Sequence, string Spanish, string English) line) =>
        new([new LineTranslation(line.Sequence, "es", "en") { Text = line.English, Provider = "ours" }]) { CustomerLanguage = "es", Reader = ["en"] };

    private static SendAgentReply Reply(string id, string text) => new("ada", id, text) { Language = "en" };

    private static FinishReply Finished(string id, string text) => new(id, 1) { Text = text, From = "en", Provider = "ours" };

    private static TranslateReply Work(Conversation conversation) => Assert.IsType<TranslateReply>(Assert.Single(conversation.Last.Effects.OfType<Perform>()).Work);

    private static ImmutableArray<LineToTranslate> Asked(Conversation conversation) =>
        Assert.IsType<TranslateLines>(Assert.Single(conversation.Last.Effects.OfType<Perform>()).Work).Lines;
}
