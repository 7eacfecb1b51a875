using System.Collections.Immutable;
using System.Text;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Crm;
using CustomerService.Integrations.Ticketing;

namespace CustomerService.Integrations.Tests.Outbound;

/// <summary>Which events of the journal go out, and as what.</summary>
public sealed class OutboundEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TicketOpened Opened = new("conv-1", "visitor-1", "Order status: where is it?");

    private static readonly InteractionLogged Logged = new("m-1", "solved", "automated", ImmutableDictionary<string, string>.Empty.Add("b", "2").Add("a", "1"))
    {
        CustomerId = "c-1",
        Message = new LoggedMessage("chat", "order_status", -0.5, At.AddSeconds(-2)),
    };

    [Fact]
    public void LoggedInteraction_IsAnActivityAndATicketsNewState()
    {
        var entry = Entry(Grain.Ticket("T-1"), Logged);

        Assert.Equal(
            """{"interactionId":"m-1","customerId":"c-1","conversationId":"conv-1","ticketId":"T-1","channel":"chat","intent":"order_status","resolutionType":"automated","sentiment":-0.5,"metrics":{"a":"1","b":"2"},"at":"2026-11-02T08:59:58+00:00"}""",
            Encoding.UTF8.GetString(CrmEvents.Of(entry, Opened)!.ToJson()));
        Assert.Equal(new TicketSnapshot("T-1", "conv-1", "c-1", "Order status: where is it?", "solved", At), TicketEvents.Of(entry, Opened));
    }

    [Fact]
    public void InteractionLoggedWithoutDetails_GoesOutWithWhatIsKnown()
    {
        var entry = Entry(Grain.Ticket("T-1"), Logged with { CustomerId = null, Message = null });

        Assert.Equal(
            """{"interactionId":"m-1","customerId":"visitor-1","conversationId":"conv-1","ticketId":"T-1","resolutionType":"automated","metrics":{"a":"1","b":"2"},"at":"2026-11-02T09:00:00+00:00"}""",
            Encoding.UTF8.GetString(CrmEvents.Of(entry, Opened)!.ToJson()));
        Assert.Equal("visitor-1", Assert.IsType<TicketSnapshot>(TicketEvents.Of(entry, Opened)).CustomerId);
    }

    [Fact]
    public void Ticket_IsMirroredFromItsOpeningToItsClosing()
    {
        var ticket = Grain.Ticket("T-1");

        Assert.Equal(new TicketSnapshot("T-1", "conv-1", "visitor-1", Opened.Subject, "new", At), TicketEvents.Of(Entry(ticket, Opened), Opened));
        Assert.Equal(
            new TicketSnapshot("T-1", "conv-1", "c-1", Opened.Subject, "closed", At),
            TicketEvents.Of(Entry(ticket, new TicketClosed("ada") { CustomerId = "c-1" }), Opened));
    }

    [Fact]
    public void Profile_IsAContact()
    {
        var entry = Entry(Grain.Customer("c-1"), new ProfileUpdated(new CustomerProfile("c-1", "Lena Berg", null, "gold", "en", "friendly")));

        Assert.Equal(new CrmContact("c-1", "Lena Berg", null, "gold", "en"), CrmEvents.Of(entry, null));
        Assert.Null(TicketEvents.Of(entry, null));
    }

    [Fact]
    public void OtherEvents_StayHere()
    {
        var resolved = Entry(Grain.Conversation("conv-1"), new ConversationResolved("ada"));
        var linked = Entry(Grain.Ticket("T-1"), new TicketLinked("Z-9"));

        Assert.Null(CrmEvents.Of(resolved, null));
        Assert.Null(TicketEvents.Of(resolved, null));
        Assert.Null(CrmEvents.Of(linked, Opened));
        Assert.Null(TicketEvents.Of(linked, Opened)); // Or its answer would be answered, for ever.
        Assert.Null(CrmEvents.Of(Entry(Grain.Ticket("T-1"), Opened), Opened));
    }

    private static JournalEntry Entry(GrainId grain, JournalEvent what) => new(7, grain, 3, At, what);
}
