using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

public sealed class ConversationMessagesTests
{
    private readonly Subject<ConversationBehaviour, ConversationState> conversation = new("c-1");

    [Fact]
    public void FirstMessage_BeginsTheConversationAndItsRun()
    {
        var turn = conversation.Handle(Receive("m-1", priority: 7));

        Assert.Equal(new MessageAccepted(1, Duplicate: false), turn.Reply);
        Assert.Equal(1, Assert.Single(turn.Effects.Recorded<MessageReceived>()).MessageSequence);
        Assert.Equal(new Perform(new RunPipeline("c-1", "m-1"), 7), Assert.Single(turn.Effects.OfType<Perform>()));
        var view = conversation.Ask<ConversationView>(new GetConversation());
        Assert.Equal(ConversationStatus.Assistant, view.Status);
        Assert.Equal(CustomerIds.ForAddress(ChannelNames.Chat, "visitor-1"), view.CustomerId);
        Assert.Equal(("visitor-1", ChannelNames.Chat, 1L, 1), (view.Address, view.Channel, view.LastSequence, view.WaitingMessages));
        Assert.Equal(conversation.Now, view.CreatedAt);
    }

    [Fact]
    public void SecondMessageDuringARun_Waits()
    {
        conversation.Handle(Receive("m-1"));

        var turn = conversation.Handle(Receive("m-2"));

        Assert.Equal(new MessageAccepted(2, Duplicate: false), turn.Reply);
        Assert.Empty(turn.Effects.OfType<Perform>());
        Assert.Equal(["m-1", "m-2"], conversation.State.Waiting.Select(waiting => waiting.Interaction.Id));
    }

    [Fact]
    public void RepeatedMessage_GetsItsFirstSequenceAndChangesNothing()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(Receive("m-2"));

        conversation.ChangesNothing(Receive("m-1", text: "another text"));

        Assert.Equal(new MessageAccepted(1, Duplicate: true), conversation.Last.Reply);
    }

    [Fact]
    public void RepeatedMessage_IsKnownForAsLongAsIdsAreRemembered()
    {
        for (var i = 1; i <= ConversationState.RememberedIds + 1; i++)
        {
            conversation.Handle(Receive($"m-{i}"));
            conversation.Handle(new CompleteRun($"m-{i}", Answered()));
        }

        conversation.ChangesNothing(Receive("m-2"));
        Assert.Equal(ConversationState.RememberedIds, conversation.State.Remembered.Count);
        Assert.Equal(ConversationState.TailLength, conversation.State.Tail.Count);
    }

    [Theory]
    [InlineData(ChannelNames.Chat, "visitor-2")]
    [InlineData(ChannelNames.Email, "visitor-1")]
    public void MessageOfSomebodyElse_IsRefused(string channel, string address)
    {
        conversation.Handle(Receive("m-1"));

        conversation.Refuses("not_your_conversation", new ReceiveMessage(Message("m-1") with { Channel = channel, Address = address }));
        conversation.Refuses("not_your_conversation", new ReceiveMessage(Message("m-2") with { Channel = channel, Address = address }));
    }

    [Fact]
    public void FaultyMessage_IsRefusedWithItsReason()
    {
        conversation.Refuses("message_too_long", Receive("m-1", new string('x', Interaction.MaxContentLength + 1)));
        conversation.Refuses("empty_message", Receive("m-1", " \n"));
        conversation.Refuses("message_id_missing", Receive(""));
        conversation.Refuses("address_missing", new ReceiveMessage(Message("m-1", address: "")));
        conversation.Refuses("unknown_channel", new ReceiveMessage(Message("m-1") with { Channel = "fax" }));
        Assert.Equal(ConversationStatus.New, conversation.State.Status);
    }

    [Fact]
    public void LongestMessageAndAttachmentWithoutText_AreAccepted()
    {
        conversation.Ask<MessageAccepted>(Receive("m-1", new string('x', Interaction.MaxContentLength)));
        conversation.Ask<MessageAccepted>(new ReceiveMessage(Message("m-2", "") with { Attachments = [new Attachment("a.png", "image/png", 3, "r")] }));
    }

    [Fact]
    public void MessageWithListsLeftOut_IsAcceptedWithEmptyOnes()
    {
        var bare = Message("m-1") with { Attachments = default, ChannelMetadata = null! };

        var received = Assert.Single(conversation.Handle(new ReceiveMessage(bare)).Effects.Recorded<MessageReceived>());

        Assert.Empty(received.Interaction.Attachments);
        Assert.Empty(received.Interaction.ChannelMetadata);
    }

    [Fact]
    public void Tail_KeepsTheBeginningOfALongTextWithoutHalfASurrogatePair()
    {
        var text = new string('x', TranscriptLine.MaxText - 1) + "😀 and more";

        conversation.Handle(Receive("m-1", text));

        Assert.Equal(new string('x', TranscriptLine.MaxText - 1), Assert.Single(conversation.State.Tail).Text);
        Assert.Equal(text, conversation.State.Waiting[0].Interaction.Content);
    }

    [Fact]
    public void TooManyWaitingMessages_AreRefusedUntilSomeAreAnswered()
    {
        for (var i = 0; i < ConversationState.MaxWaiting; i++)
            conversation.Ask<MessageAccepted>(Receive($"m-{i}"));

        conversation.Refuses("too_many_waiting", Receive("m-more"));

        conversation.Handle(new CompleteRun("m-0", Answered()));
        conversation.Ask<MessageAccepted>(Receive("m-more"));
    }

    [Fact]
    public void TooMuchWaitingText_IsRefused()
    {
        var text = new string('x', Interaction.MaxContentLength);
        for (var i = 0; i < ConversationState.MaxWaitingText / Interaction.MaxContentLength; i++)
            conversation.Ask<MessageAccepted>(Receive($"m-{i}", text));

        conversation.Refuses("too_many_waiting", Receive("m-more", text));
    }

    [Fact]
    public void MessageWhileAPersonHasTheConversation_IsRecordedWithoutARun()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", HandedOff()));
        conversation.Handle(Receive("m-2"));
        Assert.IsType<Record>(Assert.Single(conversation.Last.Effects));

        conversation.Handle(new AssignAgent("a-1", "billing-1"));
        conversation.Handle(Receive("m-3"));

        Assert.IsType<Record>(Assert.Single(conversation.Last.Effects));
        Assert.Equal(ConversationStatus.Assigned, conversation.State.Status);
        Assert.Empty(conversation.State.Waiting);
    }

    [Fact]
    public void MessageAfterResolution_OpensTheConversationAgain()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", Answered()));
        conversation.Handle(new Resolve("a-1"));

        var turn = conversation.Handle(Receive("m-2"));

        Assert.Single(turn.Effects.Recorded<ConversationReopened>());
        Assert.Single(turn.Effects.OfType<Perform>());
        Assert.Equal(ConversationStatus.Assistant, conversation.State.Status);
    }

    [Fact]
    public void Receipts_OnlyMoveForwardAndNeverBeyondTheTranscript()
    {
        conversation.Handle(Receive("m-1"));
        conversation.Handle(new CompleteRun("m-1", Answered()));

        Assert.Equal(new ReceiptReported(2, "delivered"), Assert.Single(conversation.Handle(new ReportReceipt(99, "delivered")).Effects.Recorded<ReceiptReported>()));
        conversation.ChangesNothing(new ReportReceipt(1, "delivered"));
        conversation.Handle(new ReportReceipt(1, "read"));
        conversation.ChangesNothing(new ReportReceipt(-5, "read"));
        conversation.Refuses("unknown_receipt_status", new ReportReceipt(2, "eaten"));
        Assert.Equal((2L, 1L), (conversation.State.DeliveredUpTo, conversation.State.ReadUpTo));
    }

    [Fact]
    public void ReadReceipt_IsADeliveryReceiptToo()
    {
        conversation.Handle(Receive("m-1"));

        conversation.Handle(new ReportReceipt(1, "read"));

        Assert.Equal((1L, 1L), (conversation.State.DeliveredUpTo, conversation.State.ReadUpTo));
    }

    [Fact]
    public void CommandOfAnotherKind_IsRefused() => conversation.Refuses("unknown_command", new ResolveAddress());
}
