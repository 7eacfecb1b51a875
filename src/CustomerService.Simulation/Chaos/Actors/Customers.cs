using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;

namespace CustomerService.Simulation.Chaos.Actors;

/// <summary>What customers do, and channels that deliver twice.</summary>
internal static class Customers
{
    public static ImmutableArray<Deed> Deeds { get; } =
    [
        new(12, "a customer writes", Write),
        new(3, "a channel delivers a message again", WriteAgain),
        new(1, "a customer has read", Read),
        new(2, "a customer wants to be called back", world => world.Send(world.Conversation(), new RequestCallback("customer", "+49 30 1", NotBefore: null))),
    ];

    private static void Write(ChaosWorld world)
    {
        var id = world.Dice.Pick(Cast.Conversations);
        world.Send(Grain.Conversation(id), new ReceiveMessage(new Interaction(
            $"{id}-m-{world.NextNumber()}", Cast.ChannelOf(id), Cast.AddressOf(id), "Where is my parcel?", world.Host.Now)
        { Priority = world.Dice.Below(10) }));
    }

    private static void WriteAgain(ChaosWorld world)
    {
        var sent = world.History.Answers.Where(answer => answer is { Command: ReceiveMessage, Reply: MessageAccepted }).ToList();
        if (sent.Count > 0)
        {
            var again = world.Dice.Pick(sent);
            world.Send(again.Grain, again.Command);
        }
    }

    private static void Read(ChaosWorld world) => world.Send(world.Conversation(), new ReportReceipt(world.Dice.Below(5), world.Dice.Chance(0.5) ? "read" : "delivered"));
}
