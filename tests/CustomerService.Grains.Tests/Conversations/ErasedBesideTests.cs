using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Reviews;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>What the grains beside an erased conversation let go, and what they keep.</summary>
public sealed class ErasedBesideTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Delivery_KeepsThatNobodyIsToBeWritten_AndNothingElse()
    {
        var delivery = new Subject<DeliveryBehaviour, DeliveryState>("c-1");
        delivery.ChangesNothing(new EraseBeside());
        delivery.Handle(new NoteInbound(new Inbound("m-1", ChannelNames.Sms, "sms", "+34 600", Now, ImmutableDictionary<string, string>.Empty)));
        delivery.Handle(new SetOptOut(true, "STOP"));
        delivery.Handle(new Deliver(new Outbound(2, "r-1", Author.Agent, "Your refund comes.", null)));

        var effects = delivery.Handle(new EraseBeside()).Effects;

        Assert.Equal(JsonSerializer.Serialize(new DeliveryState { ConversationId = "c-1", OptedOut = true }), JsonSerializer.Serialize(delivery.State));
        Assert.Equal("next-attempt", Assert.IsType<CancelWake>(Assert.Single(effects)).Alarm);
        delivery.ChangesNothing(new EraseBeside());
        delivery.Refuses("attempt_over", new BeginAttempt("r-1", 1, "run"));
        delivery.ChangesNothing(new FinishAttempt("r-1", 1, new AttemptOutcome(AttemptKind.Accepted, ["x-1"], null, null)));
    }

    [Fact]
    public void Reviews_AreGone_AndSayThatTheyWere()
    {
        var reviews = new Subject<ReviewBehaviour, ReviewState>("c-1");
        reviews.ChangesNothing(new EraseBeside());
        reviews.Handle(new GiveReview("lea", "ada", new ReviewCard("service", [new ReviewQuestion("tone", "Kind?", 1, 5, false)]), [new ReviewMark("tone", 5, "Rosa was pleased", 1)], "Fine", Calibration: false));

        var effects = reviews.Handle(new EraseBeside()).Effects;

        Assert.Empty(reviews.State.Reviews);
        Assert.IsType<EmptyJournal>(effects[0]);
        Assert.Equal([new ReviewsErased()], effects.Recorded<JournalEvent>());
        reviews.ChangesNothing(new EraseBeside());
    }

    [Fact]
    public void Ticket_KeepsItsNumberOutside_AndOpensAnew()
    {
        var ticket = new Subject<TicketBehaviour, TicketState>("T-1");
        ticket.ChangesNothing(new EraseBeside());
        var log = new LogInteraction("c-1", "cust-3", "m-1", "Where is Rosa's parcel?", "open", "automated", ImmutableDictionary<string, string>.Empty);
        ticket.Handle(log);
        ticket.Handle(new LinkTicket("DESK-7"));

        Assert.IsType<EmptyJournal>(Assert.Single(ticket.Handle(new EraseBeside()).Effects));

        Assert.Equal(JsonSerializer.Serialize(new TicketState { Id = "T-1", ExternalId = "DESK-7" }), JsonSerializer.Serialize(ticket.State));
        ticket.ChangesNothing(new EraseBeside());
        ticket.Refuses("no_such_ticket", new GetTicket());
        Assert.Single(ticket.Handle(log with { Subject = "Another matter" }).Effects.Recorded<TicketOpened>());
        Assert.Equal("DESK-7", ticket.State.ExternalId);
    }

    [Fact]
    public void Customer_ForgetsTheConversation_AndThenWhoTheyAre()
    {
        var customer = new Subject<CustomerBehaviour, CustomerState>("cust-3");
        customer.Refuses("nothing_to_erase", new EraseCustomer(Now));
        customer.Handle(new UpdateProfile("Rosa", "rosa@example.com", "gold", "es", null));
        customer.Refuses("still_known", new EraseCustomer(Now)); // somebody put her in; she was never in touch
        customer.Handle(Noted("m-1", "c-1"));
        customer.Handle(Noted("m-2", "c-2"));
        customer.Handle(new NoteServedBy("ada", Now));

        customer.Handle(new ForgetConversation("c-1"));
        Assert.Equal(["c-2"], customer.State.Recent.Select(past => past.ConversationId));
        customer.ChangesNothing(new ForgetConversation("c-1"));
        customer.Refuses("still_known", new EraseCustomer(Now));
        customer.Handle(new ForgetConversation("c-2"));
        customer.Refuses("still_known", new EraseCustomer(Now.AddSeconds(-1)));

        var effects = customer.Handle(new EraseCustomer(Now)).Effects;
        Assert.Equal(JsonSerializer.Serialize(CustomerBehaviour.Initial("cust-3")), JsonSerializer.Serialize(customer.State));
        Assert.IsType<EmptyJournal>(effects[0]);
        Assert.Equal([new CustomerErased()], effects.Recorded<JournalEvent>());
        customer.Refuses("nothing_to_erase", new EraseCustomer(Now));
    }

    [Fact]
    public void PersonsDraftsAndNotices_GoWithTheirConversations()
    {
        var personal = new Subject<PersonalBehaviour, PersonalState>("ada");
        foreach (var id in new[] { "c-1", "c-2" })
        {
            personal.Handle(new KeepDraft(id, $"draft in {id}", IsNote: false));
            personal.Handle(new GiveNotice(NoticeKinds.Mention, id, "lea", $"look at {id}"));
        }

        var effects = personal.Handle(new ForgetConversations(["c-1", "c-9"])).Effects;

        Assert.Equal(["draft/c-1", "notice/1"], effects.OfType<RemoveEntry>().Select(entry => entry.Key));
        Assert.Equal([new NoticesRead(1)], effects.Recorded<NoticesRead>());
        Assert.Equal(["c-2"], personal.State.Drafts.Keys);
        Assert.Equal(["c-2"], personal.State.Notices.Values.Select(notice => notice.ConversationId));
        personal.ChangesNothing(new ForgetConversations(["c-1", "c-9"]));
        Assert.Empty(personal.Handle(new ForgetConversations([])).Effects);
    }

    [Fact]
    public void AddressAndMail_Vanish()
    {
        var address = new Subject<AddressBehaviour, AddressState>("email:rosa@example.com");
        address.Handle(new LinkAddress("cust-3"));
        Assert.IsType<Vanish>(Assert.Single(address.Handle(new ForgetAddress()).Effects));
        Assert.Null(address.State.LinkedTo);

        var mail = new Subject<MailThreadBehaviour, MailThreadState>("email:<1@example.com>");
        mail.Handle(new JoinThread("c-1"));
        Assert.IsType<Vanish>(Assert.Single(mail.Handle(new ForgetMail()).Effects));
        Assert.Null(mail.State.ConversationId);
    }

    private static NoteInteraction Noted(string message, string conversation) =>
        new(new PastInteraction(message, conversation, ChannelNames.Chat, "Where is my parcel?", "order_status", 0, ResolutionTypes.Automated, Now));
}
