using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Deliveries;

/// <summary>A conversation and the channel that its answers are sent through.</summary>
public sealed class AnsweredThroughTests
{
    private readonly Subject<ConversationBehaviour, ConversationState> _conversation = new("c-1");

    [Fact]
    public void MessageOfAnAccount_IsAnsweredThroughIt()
    {
        var inbound = Assert.Single(Receive(ChannelNames.Sms, "shop").Effects.Told<NoteInbound>(Grain.Delivery("c-1"))).Inbound;
        Assert.Equal(("in-1", "shop", "+15550100"), (inbound.MessageId, inbound.Account, inbound.Address));

        var answered = _conversation.Handle(new CompleteRun("in-1", Conversations.Examples.Answered("It is on its way.")));

        var sent = Assert.Single(answered.Effects.Recorded<MessageSent>());
        Assert.Equal(
            (sent.MessageSequence, sent.MessageId, "It is on its way.", "in-1"),
            Assert.Single(answered.Effects.Told<Deliver>(Grain.Delivery("c-1"))).Message is var message ? (message.Sequence, message.MessageId, message.Text, message.InReplyTo) : default);
    }

    [Theory]
    [InlineData(ChannelNames.Chat, "shop")]
    [InlineData(ChannelNames.Voice, "shop")]
    [InlineData(ChannelNames.Email, null)]
    public void WhereTheCustomersSideFollows_NothingIsSent(string channel, string? account)
    {
        Assert.Empty(Receive(channel, account).Effects.Told<NoteInbound>(Grain.Delivery("c-1")));

        var answered = _conversation.Handle(new CompleteRun("in-1", Conversations.Examples.Answered("It is on its way.")));

        Assert.Empty(answered.Effects.Told<Deliver>(Grain.Delivery("c-1")));
    }

    [Fact]
    public void Answer_SaysWhatTheCustomerWritesIn()
    {
        Receive(ChannelNames.Social, "whatsapp");
        var spanish = Conversations.Examples.Answered("Ya está en camino.") with { Signals = Conversations.Examples.Signals with { Language = "es" } };

        var answered = _conversation.Handle(new CompleteRun("in-1", spanish));

        Assert.Equal("es", Assert.Single(answered.Effects.Told<Deliver>(Grain.Delivery("c-1"))).Message.Language);
    }

    [Fact]
    public void WhatBecameOfAMessage_IsInTheConversationsJournal()
    {
        Receive(ChannelNames.Email, "mail");
        _conversation.Handle(new CompleteRun("in-1", Conversations.Examples.Answered("It is on its way.")));

        var read = _conversation.Handle(new NoteDelivery(2, "m-2", DeliveryStatus.Read, null));

        Assert.Equal([new DeliveryReported(2, "m-2", DeliveryStatus.Read, null)], read.Effects.Recorded<DeliveryReported>());
        Assert.Equal((2, 2), (_conversation.State.DeliveredUpTo, _conversation.State.ReadUpTo));
        _conversation.ChangesNothing(new NoteDelivery(99, "m-99", DeliveryStatus.Read, null));
    }

    private Turn<ConversationState> Receive(string channel, string? account) => _conversation.Handle(new ReceiveMessage(
        new Interaction("in-1", channel, "+15550100", "Where is my parcel?", Subject<ConversationBehaviour, ConversationState>.Start)
        {
            ChannelMetadata = account is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add(ChannelMetadata.Account, account),
        }));
}
