using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Customers;

public sealed class CustomerTests
{
    private readonly Subject<CustomerBehaviour, CustomerState> customer = new("c-1");

    private static NoteInteraction Note(string messageId, string conversationId = "conv-1", string text = "Hello") =>
        new(new PastInteraction(messageId, conversationId, ChannelNames.Chat, text, "greeting", 0.2, ResolutionTypes.Automated, DateTimeOffset.UnixEpoch));

    [Fact]
    public void Interaction_IsKeptOncePerMessage()
    {
        customer.Handle(Note("m-1"));
        customer.ChangesNothing(Note("m-1"));
        customer.Handle(Note("m-1", "conv-2"));

        var view = customer.Ask<CustomerView>(new GetCustomer());

        Assert.Equal(2, view.Interactions);
        Assert.Equal(["conv-1", "conv-2"], view.Recent.Select(past => past.ConversationId));
    }

    [Fact]
    public void History_IsShortAndKeepsTheLast()
    {
        for (var i = 1; i <= CustomerState.HistoryLength + 5; i++)
            customer.Handle(Note($"m-{i}", text: new string('x', 5_000)));

        var view = customer.Ask<CustomerView>(new GetCustomer());

        Assert.Equal((CustomerState.HistoryLength, "m-6", CustomerState.HistoryLength + 5L), (view.Recent.Count, view.Recent[0].MessageId, view.Interactions));
        Assert.All(view.Recent, past => Assert.Equal(CustomerState.MaxText, past.Text.Length));
    }

    [Fact]
    public void WhoServedLast_IsToldByTheLatestInstant_InWhateverOrderItIsHeard()
    {
        Assert.Null(customer.Ask<CustomerView>(new GetCustomer()).LastServedBy);
        var monday = customer.Now;

        customer.Handle(new NoteServedBy("ada", monday));
        customer.ChangesNothing(new NoteServedBy("ada", monday));
        customer.Handle(new NoteServedBy("bob", monday.AddDays(1)));
        customer.ChangesNothing(new NoteServedBy("ada", monday.AddHours(1)));
        customer.Refuses("agent_missing", new NoteServedBy(" ", monday.AddDays(2)));

        Assert.Equal(new ServedBy("bob", monday.AddDays(1)), customer.Ask<CustomerView>(new GetCustomer()).LastServedBy);
    }

    [Fact]
    public void Update_ChangesOnlyWhatIsGiven()
    {
        var profile = Assert.Single(customer.Handle(new UpdateProfile("Ada", "ada@example.com", "gold", null, null)).Effects.Recorded<ProfileUpdated>()).Profile;
        Assert.Equal(new CustomerProfile("c-1", "Ada", "ada@example.com", "gold", null, "friendly"), profile);

        customer.Handle(new UpdateProfile(null, null, null, "ja", "formal"));
        Assert.Equal(profile with { Language = "ja", PreferredTone = "formal" }, customer.Ask<CustomerView>(new GetCustomer()).Profile);
        customer.ChangesNothing(new UpdateProfile("Ada", null, null, null, null));
        customer.Refuses("unknown_tier", new UpdateProfile(null, null, "diamond", null, null));
        customer.Refuses("unknown_command", new ResolveAddress());
    }
}
