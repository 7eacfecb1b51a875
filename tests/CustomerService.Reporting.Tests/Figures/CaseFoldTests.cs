using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Tests.Figures;

public sealed class CaseFoldTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 7, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AnsweredByTheAssistantAlone_IsAutomated_UntilAPersonIsAskedFor()
    {
        var story = new Story();
        story.At(0, Message());
        Assert.False(story.Case.IsTakenUp);

        story.At(2, Answer(Author.Assistant)).At(2, Run("order_status", "de", -0.5));
        Assert.True(story.Case is { IsAutomated: true, FirstResponseSeconds: 2, Intent: "order_status", Language: "de", FirstSentiment: -0.5 });

        story.At(60, Message()).At(61, Run("thanks", "und", 0.7)).At(62, Handoff());
        Assert.True(story.Case is { IsAutomated: false, IsTakenUp: true, Intent: "order_status", Language: "de", LastSentiment: 0.7, FirstSentiment: -0.5 });
    }

    [Fact]
    public void GivenToPeopleAndOverBeforeOneSpoke_IsAbandoned_NotAutomated()
    {
        var story = new Story().At(0, Message()).At(1, Answer(Author.Assistant)).At(1, Handoff()).At(500, Moved(ConversationStatus.Resolved));

        Assert.True(story.Case is { IsAbandoned: true, IsAutomated: false, ResolutionSeconds: 500 });
    }

    [Fact]
    public void AgentsAnswers_AreTimedFromTheOldestUnansweredMessage_OrFromTheAssignment()
    {
        var story = new Story().At(0, Message()).At(1, Handoff()).At(90, new AgentAssigned("ada", "o-1")).At(90, Moved(ConversationStatus.Assigned))
            .At(100, Answer(Author.Agent, "ada")) // 10 from the assignment
            .At(200, Message()).At(230, Message()).At(260, Answer(Author.Agent, "ada")) // 60 from the first of two
            .At(300, Answer(Author.Agent, "ada")); // answers nothing

        Assert.Equal([10, 60], Assert.Single(story.Case.Parts).ResponseSeconds.ToArray());
        Assert.Equal((99, 3), (story.Case.PersonSeconds, story.Case.PersonMessages));
    }

    [Fact]
    public void TimeInHand_CountsHoldAndWrapUp_AndNeitherQueueNorSnooze()
    {
        var story = new Story().At(0, Message()).At(0, Handoff())
            .At(10, new AgentAssigned("ada", "o-1")).At(10, Moved(ConversationStatus.Assigned)).At(20, Moved(ConversationStatus.OnHold)).At(40, Moved(ConversationStatus.Snoozed))
            .At(1_000, new AgentAssigned("bob", "o-2")).At(1_000, Moved(ConversationStatus.Assigned)).At(1_100, Moved(ConversationStatus.WrapUp))
            .At(1_130, new WrappedUp("bob", "solved", null)).At(1_130, Moved(ConversationStatus.Resolved)).At(1_200, new ConversationRated(4, null, "bob"));

        Assert.Equal([("ada", 30.0, PartEnd.PutAway, null), ("bob", 130.0, PartEnd.Settled, 4)], story.Case.Parts.Select(part => (part.AgentId, part.HeldSeconds, part.End, part.Rating)));
        Assert.Equal((1_100.0, 4), (story.Case.ResolutionSeconds, story.Case.Rating));
    }

    [Fact]
    public void WrittenToAfterTheResolution_GoesOnAsTheSameCase_AfterTheClosingAsAnother()
    {
        var story = new Story().At(0, Message()).At(1, Answer(Author.Assistant)).At(10, Moved(ConversationStatus.Resolved))
            .At(20, new ConversationReopened()).At(20, Message()).At(20, Moved(ConversationStatus.Assistant));
        Assert.True(story.Case is { Number: 1, Reopenings: 1, SettledAt: null, CustomerMessages: 2 });

        story.At(30, Moved(ConversationStatus.Resolved)).At(40, Moved(ConversationStatus.Closed)).At(41, new ConversationRated(5, null, null));
        Assert.True(story.Case is { Number: 1, Rating: 5, ResolutionSeconds: 30 });
        story.At(50, Message()).At(50, Moved(ConversationStatus.Assistant));
        Assert.True(story.Case is { Number: 2, CustomerMessages: 1, Rating: null, SettledAt: null });
    }

    [Fact]
    public void PromisesOfAFirstAnswer_CountKeptOrBroken_NotThoseThatNobodyOwed()
    {
        var story = new Story().At(0, Message()).At(1, new ServiceClockStopped(ServiceClocks.FirstResponse, 10, Met: true)).At(2, new ServiceClockStopped(ServiceClocks.FirstResponse, 100, Met: false))
            .At(3, new ServiceClockStopped(ServiceClocks.FirstResponse, 5, Met: true) { Unanswered = true }).At(4, new ServiceClockStopped(ServiceClocks.Resolution, 5, Met: true));

        Assert.Equal((1, 1), (story.Case.PromisesKept, story.Case.PromisesBroken));
    }

    private static MessageReceived Message() => new(1, new Interaction("m", ChannelNames.Chat, "a", "Where is it?", Start));

    private static MessageSent Answer(Author by, string? agent = null) => new(2, "r", by, agent, "Tomorrow.", [], [], null);

    private static RunCompleted Run(string intent, string language, double sentiment) =>
        new("m", new MessageSignals(language, intent, 0.9, sentiment, [], "normal"), ResolutionTypes.Automated, ChannelNames.Chat, 0.1, null);

    private static HandedOff Handoff() => new(new HandoffPackage("general", 0, "asked", "Wants it.", [], []));

    private static StatusChanged Moved(ConversationStatus to) => new(ConversationStatus.New, to, "so it goes");

    /// <summary>What happened to one conversation, second by second.</summary>
    private sealed class Story
    {
        private CaseRow? _case;
        private long _sequence;

        public CaseRow Case => _case!;

        public Story At(int second, JournalEvent what)
        {
            _case = CaseFold.After(_case, new JournalEntry(++_sequence, Grain.Conversation("c-1"), _sequence, Start.AddSeconds(second), what));
            return this;
        }
    }
}
