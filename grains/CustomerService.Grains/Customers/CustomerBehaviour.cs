using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Customers;

/// <summary>A customer: who they are, and their last interactions over all channels.</summary>
public sealed class CustomerBehaviour : IGrainBehaviour<CustomerState>
{
    private static readonly ImmutableArray<string> Tiers = ["standard", "silver", "gold", "platinum"];

    private CustomerBehaviour()
    {
    }

    public static string Kind => GrainKinds.Customer;

    public static int StateVersion => 1;

    public static JsonTypeInfo<CustomerState> StateJson => GrainsJson.Default.CustomerState;

    public static CustomerState Initial(string key) => new()
    {
        Profile = new CustomerProfile(key, Name: null, Email: null, Tier: "standard", Language: null, PreferredTone: "friendly"),
    };

    public static Turn<CustomerState> Handle(CustomerState state, Command command, DateTimeOffset now) => command switch
    {
        NoteInteraction note => Note(state, note.Interaction),
        UpdateProfile update => Update(state, update),
        GetCustomer => Turn.Unchanged(state, new CustomerView(state.Profile, state.Recent, state.Interactions)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<CustomerState> Note(CustomerState state, PastInteraction interaction)
    {
        // A repetition follows its original closely, so the short history is memory enough.
        if (state.Recent.Exists(past => past.MessageId == interaction.MessageId && past.ConversationId == interaction.ConversationId))
            return Turn.Unchanged(state, Reply.Done);

        var shortened = interaction with { Text = Excerpt.Of(interaction.Text, CustomerState.MaxText) };
        return Turn.Of(
            state with { Recent = state.Recent.AddWithin(shortened, CustomerState.HistoryLength), Interactions = state.Interactions + 1 },
            Reply.Done);
    }

    private static Turn<CustomerState> Update(CustomerState state, UpdateProfile update)
    {
        if (update.Tier is { } tier && !Tiers.Contains(tier))
        {
            return Turn.Unchanged(
                state, Reply.Refuse("unknown_tier", $"'{Excerpt.Of(tier, 40)}' is not a tier. The tiers are: {string.Join(", ", Tiers)}."));
        }

        var old = state.Profile;
        var profile = old with
        {
            Name = update.Name ?? old.Name,
            Email = update.Email ?? old.Email,
            Tier = update.Tier ?? old.Tier,
            Language = update.Language ?? old.Language,
            PreferredTone = update.PreferredTone ?? old.PreferredTone,
        };
        return profile == old
            ? Turn.Unchanged(state, Reply.Done)
            : Turn.Of(state with { Profile = profile }, Reply.Done, new Record(new ProfileUpdated(profile)));
    }
}
