using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Turns;

/// <summary>How a kind reads states that older programs stored, shown on a ticket that had two earlier shapes.</summary>
public sealed class GrainKindTests
{
    private readonly GrainKind kind = GrainKind.Of<ReshapedTicket, TicketState>();

    [Theory]
    [InlineData(3, """{"id":"T-1","subject":"Parcel","status":"open","interactions":2,"remembered":[]}""")]
    [InlineData(2, """{"id":"T-1","title":"Parcel","status":"open","interactions":2,"remembered":[]}""")]
    [InlineData(1, """{"number":1,"title":"Parcel","status":"open","interactions":2,"remembered":[]}""")]
    public void StateOfAnyKnownVersion_IsUpgradedStepByStep(int version, string stored)
    {
        var ticket = (TicketState)kind.Read(Encoding.UTF8.GetBytes(stored), version);

        Assert.Equal(("T-1", "Parcel", "open", 2), (ticket.Id, ticket.Subject, ticket.Status, ticket.Interactions));
    }

    [Fact]
    public void VersionWithoutAStep_AndVersionOfANewerProgram_AreErrors()
    {
        Assert.Throws<NotSupportedException>(() => kind.Read("""{"id":"T-1"}"""u8.ToArray(), 0));
        var newer = Assert.Throws<NotSupportedException>(() => kind.Read("""{"id":"T-1"}"""u8.ToArray(), 4));
        Assert.Contains("version 4", newer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TurnWithoutEffects_HasAnEmptyListOfThem()
    {
        var turn = kind.Handle(kind.Initial("T-1"), new GetTicket(), DateTimeOffset.UnixEpoch);

        Assert.False(turn.Effects.IsDefault);
        Assert.Empty(turn.Effects);
    }

    [Fact]
    public void PlainKind_HasNoIndexToRestore()
    {
        var state = kind.Initial("T-1");

        Assert.False(kind.IsIndexed);
        Assert.Same(state, kind.Restore(state, [new IndexEntry("a", "b")]));
    }

    private sealed class ReshapedTicket : IGrainBehaviour<TicketState>
    {
        public static string Kind => "ticket";

        public static int StateVersion => 3;

        public static JsonTypeInfo<TicketState> StateJson => GrainsJson.Default.TicketState;

        public static TicketState Initial(string key) => new() { Id = key };

        public static Turn<TicketState> Handle(TicketState state, Command command, DateTimeOffset now) => new(state, Reply.Done, default);

        public static JsonObject Upgrade(JsonObject state, int version)
        {
            switch (version)
            {
                case 1:
                    state["id"] = $"T-{state["number"]}";
                    state.Remove("number");
                    return state;
                case 2:
                    state["subject"] = state["title"]!.DeepClone();
                    state.Remove("title");
                    return state;
                default:
                    throw new NotSupportedException($"A stored ticket of version {version} has no upgrade step.");
            }
        }
    }
}
