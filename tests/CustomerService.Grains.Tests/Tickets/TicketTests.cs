using System.Collections.Immutable;
using CustomerService.Grains.Tickets;

namespace CustomerService.Grains.Tests.Tickets;

public sealed class TicketTests
{
    private readonly Subject<TicketBehaviour, TicketState> ticket = new("T-1");

    private static LogInteraction Log(string messageId, string status = "open", string subject = "Parcel") =>
        new("c-1", "cust-1", messageId, subject, status, "automated", ImmutableDictionary<string, string>.Empty.Add("seconds", "2"));

    [Fact]
    public void FirstInteraction_OpensTheTicket()
    {
        var effects = ticket.Handle(Log("m-1")).Effects;

        Assert.Equal(new TicketOpened("c-1", "cust-1", "Parcel"), Assert.Single(effects.Recorded<TicketOpened>()));
        Assert.Equal("2", Assert.Single(effects.Recorded<InteractionLogged>()).Metrics["seconds"]);
        var view = ticket.Ask<TicketView>(new GetTicket()).Ticket;
        Assert.Equal(("T-1", "c-1", "open", 1, ticket.Now), (view.Id, view.ConversationId, view.Status, view.Interactions, view.OpenedAt));
    }

    [Fact]
    public void LaterInteraction_ChangesTheStatusAndKeepsTheSubject()
    {
        ticket.Handle(Log("m-1"));
        ticket.Now = ticket.Now.AddMinutes(1);

        ticket.Handle(Log("m-2", "solved", "Another subject"));

        var view = ticket.Ask<TicketView>(new GetTicket()).Ticket;
        Assert.Equal(("Parcel", "solved", 2, ticket.Now), (view.Subject, view.Status, view.Interactions, view.UpdatedAt));
        Assert.Empty(ticket.Last.Effects);
    }

    [Fact]
    public void EventsSayWhoseTicketItIs_AndWhatTheMessageWas()
    {
        var about = new LoggedMessage("chat", "order_status", -0.2, ticket.Now);

        var logged = Assert.Single(ticket.Handle(Log("m-1") with { Message = about }).Effects.Recorded<InteractionLogged>());
        ticket.Handle(Log("m-2") with { CustomerId = "cust-2" });
        var closed = Assert.Single(ticket.Handle(new CloseTicket("ada")).Effects.Recorded<TicketClosed>());

        Assert.Equal(("cust-1", about), (logged.CustomerId, logged.Message));
        Assert.Equal("cust-2", closed.CustomerId);
    }

    [Fact]
    public void OutsideId_IsKeptAndNotedOnce()
    {
        ticket.Refuses("no_such_ticket", new LinkTicket("Z-9"));
        ticket.Handle(Log("m-1"));

        Assert.Equal(new TicketLinked("Z-9"), Assert.Single(ticket.Handle(new LinkTicket("Z-9")).Effects.Recorded<TicketLinked>()));

        ticket.ChangesNothing(new LinkTicket("Z-9"));
        Assert.Equal("Z-9", ticket.State.ExternalId);
    }

    [Fact]
    public void RepeatedInteraction_IsNotLoggedAgain()
    {
        ticket.Handle(Log("m-1"));
        ticket.Handle(new CloseTicket("ada"));

        ticket.ChangesNothing(Log("m-1", "pending"));

        Assert.Equal("closed", ticket.State.Status);
    }

    [Fact]
    public void Ticket_ClosesOnceAndOpensAgainWithANewInteraction()
    {
        ticket.Refuses("no_such_ticket", new CloseTicket("ada"));
        ticket.Refuses("no_such_ticket", new GetTicket());
        ticket.Handle(Log("m-1"));
        Assert.Single(ticket.Handle(new CloseTicket("ada")).Effects.Recorded<TicketClosed>());
        ticket.ChangesNothing(new CloseTicket("ada"));

        ticket.Handle(Log("m-2", "pending"));

        Assert.Equal("pending", ticket.State.Status);
        ticket.Refuses("unknown_status", Log("m-3", "lost"));
    }
}
