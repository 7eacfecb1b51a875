using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>What the assistant asks of its own accord.</summary>
public sealed class ConversationQuestionsTests
{
    private readonly Subject<ConversationBehaviour, ConversationState> conversation = new("c-1");

    [Fact]
    public void Question_IsSentOnce_AndTheProcedureWaitsForItsAnswer()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", Answered()));

        var sent = Assert.Single(conversation.Handle(Question()).Effects.Recorded<MessageSent>());
        var again = conversation.Handle(Question());

        Assert.Equal((Author.Assistant, "Shall I?", null), (sent.Author, sent.Text, sent.InReplyTo));
        Assert.Empty(again.Effects);
        Assert.Equal("5f1c", conversation.State.Procedure!.AwaitsYesTo);
        Assert.Equal("5f1c", Assert.IsType<ConversationView>(conversation.Handle(new GetConversation()).Reply).Procedure!.AwaitsYesTo);
        Assert.Equal("question_open", Refusal(Question() with { Id = "q-2" }));
    }

    [Fact]
    public void Question_IsRefused_WhereItWouldComeAtTheWrongTime()
    {
        Assert.Equal("no_such_conversation", Refusal(Question()));
        conversation.Handle(Receive("m-1"));
        Assert.Equal("run_in_progress", Refusal(Question()));
        conversation.Handle(new CompleteRun("m-1", HandedOff()));
        Assert.Equal("with_people", Refusal(Question()));
        conversation.Handle(new Resolve("ada"));
        Assert.Equal("conversation_resolved", Refusal(Question()));
        Assert.Null(conversation.State.Procedure);
    }

    [Fact]
    public void Outcomes_AreKept_TheNewestOnly()
    {
        for (var i = 0; i < 20; i++)
        {
            conversation.Handle(Receive($"m-{i}"));
            conversation.Handle(new CompleteRun($"m-{i}", Answered() with { Outcomes = [new CallOutcome($"f-{i}", "cancel_order", CallOutcome.Done, conversation.Now)] }));
        }

        var kept = Assert.IsType<ConversationView>(conversation.Handle(new GetConversation()).Reply).Outcomes;
        Assert.Equal((ConversationState.RememberedOutcomes, "f-4", "f-19"), (kept.Length, kept[0].Fingerprint, kept[^1].Fingerprint));
    }

    [Fact]
    public void ToolCall_IsRecordedWhoeverHasTheConversation_AndNothingElseChanges()
    {
        var call = new NoteToolCall("mcp:copilot", "get_order", "identity_needed");
        Assert.Equal("no_such_conversation", Refusal(call));
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", HandedOff()));
        conversation.Handle(new Resolve("ada"));
        var before = conversation.State;

        var effects = conversation.Handle(call).Effects;

        Assert.Equal(new ToolCalled("mcp:copilot", "get_order", "identity_needed"), Assert.IsType<Record>(Assert.Single(effects)).Event);
        Assert.Same(before, conversation.State);
    }

    private string Refusal(Command command) => Assert.IsType<Refused>(conversation.Handle(command).Reply).Code;

    private PutQuestion Question() => new(
        "mcp:copilot", new OutgoingMessage("Shall I?", ["Yes", "No"], []),
        new ActiveProcedure("cancel_order", 1, "cancel", ImmutableDictionary<string, string>.Empty, conversation.Now, conversation.Now) { AwaitsYesTo = "5f1c" }, null)
    {
        Id = "q-1",
    };
}
