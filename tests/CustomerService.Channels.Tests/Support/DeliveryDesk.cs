using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Tests.Support;

/// <summary>The real delivery grain of one conversation, asked turn by turn, with the effects of its turns kept.</summary>
internal sealed class DeliveryDesk(TimeProvider time) : IGrainClient
{
    public const string Conversation = "sms-1";

    public DeliveryState State { get; private set; } = DeliveryBehaviour.Initial(Conversation);

    public List<Effect> Effects { get; } = [];

    /// <summary>What the conversation was told last.</summary>
    public NoteDelivery? Told => Effects.OfType<Tell>().Select(tell => tell.Command).OfType<NoteDelivery>().LastOrDefault();

    /// <summary>The sending that is asked for now.</summary>
    public SendOut? Work => Effects.OfType<Perform>().Select(perform => perform.Work).OfType<SendOut>().LastOrDefault();

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        Assert.Equal(Grain.Delivery(Conversation), grain);
        return new(Handle(command));
    }

    public Reply Handle(Command command)
    {
        var turn = DeliveryBehaviour.Handle(State, command, time.GetUtcNow());
        State = turn.State;
        Effects.AddRange(turn.Effects);
        return turn.Reply;
    }
}
