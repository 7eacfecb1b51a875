using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

public sealed class ConversationTranscriptTests
{
    [Fact]
    public void Transcript_IsGivenToTheDeliveryOnceForEachWish()
    {
        var conversation = Assigned();
        var wish = Mail() with { Id = "t-1" };

        var effects = conversation.Handle(wish).Effects;
        conversation.ChangesNothing(wish);

        var message = Assert.Single(effects.Told<Deliver>(Grain.Delivery("c-1"))).Message;
        Assert.Equal(("transcript-1", 0, ""), (message.MessageId, message.Sequence, message.Text));
        Assert.Equal((ChannelNames.Email, "support", "rosa@example.com"), (message.To!.Channel, message.To.Account, message.To.Address));
        Assert.Equal((new TranscriptCopy(conversation.State.LastSequence, "Europe/Berlin"), "de"), (message.Transcript, message.Language));
        Assert.Equal(new TranscriptMailed("transcript-1", "customer", "rosa@example.com", conversation.State.LastSequence), Assert.Single(effects.Recorded<TranscriptMailed>()));
        Assert.Equal(1, conversation.Ask<ConversationView>(new GetConversation()).Transcripts);
    }

    [Fact]
    public void Customer_HasItMailedThreeTimes_AndAnAgentOnceMore()
    {
        var conversation = Assigned();
        foreach (var number in new[] { 1, 2, 3 })
            Assert.Equal($"transcript-{number}", Assert.Single(conversation.Handle(Mail()).Effects.Told<Deliver>(Grain.Delivery("c-1"))).Message.MessageId);

        conversation.Refuses("too_many_transcripts", Mail());

        Assert.Equal("transcript-4", Assert.Single(conversation.Handle(Mail() with { By = "ada" }).Effects.Told<Deliver>(Grain.Delivery("c-1"))).Message.MessageId);
    }

    [Fact]
    public void WhatIsNoChat_OrHasNotBegun_IsNotMailed()
    {
        Begun().Refuses("no_such_conversation", Mail());
        var texting = new Subject<ConversationBehaviour, ConversationState>("sms-1");
        texting.Handle(new ReceiveMessage(new Interaction("m-1", ChannelNames.Sms, "+15550100", "Hello", texting.Now)));

        texting.Refuses("not_a_chat", Mail());
        Assigned().Refuses("address_missing", Mail() with { To = " " });
        Assigned().Refuses("address_missing", Mail() with { Account = "" });
    }

    [Fact]
    public void WhatBecomesOfIt_IsNotTakenForAMessages()
    {
        var conversation = Assigned();
        conversation.Handle(Mail());

        var effects = conversation.Handle(new NoteDelivery(0, "transcript-1", DeliveryStatus.Delivered, null)).Effects;

        Assert.Single(effects.Recorded<DeliveryReported>());
        Assert.Equal(0, conversation.State.DeliveredUpTo);
    }

    private static MailTranscript Mail() => new(MailTranscript.Customer, "rosa@example.com", "support", "de", "Europe/Berlin");
}
