using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Customers;

/// <summary>A customer: who they are, their last interactions over all channels, and who served them last.</summary>
public sealed class CustomerBehaviour : IGrainBehaviour<CustomerState>
{
    private static readonly ImmutableArray<string> Tiers = ["standard", "silver", "gold", "platinum"];

    private CustomerBehaviour()
    {
    }

    public static string Kind => GrainKinds.Customer;

    public static int StateVersion => 2;

    public static JsonTypeInfo<CustomerState> StateJson => GrainsJson.Default.CustomerState;

    public static CustomerState Initial(string key) => new()
    {
        Profile = new CustomerProfile(key, Name: null, Email: null, Tier: "standard", Language: null, PreferredTone: "friendly"),
    };

    // 1 → 2: who served them last came in; of older customers nobody knows it.
    public static JsonObject Upgrade(JsonObject state, int version) =>
        version == 1 ? state : throw new NotSupportedException($"A stored customer of version {version} has no upgrade step.");

    public static Turn<CustomerState> Handle(CustomerState state, Command command, DateTimeOffset now) => command switch
    {
        NoteInteraction note => Note(state, note.Interaction),
        NoteServedBy served => Served(state, served),
        UpdateProfile update => Update(state, update),
        ForgetConversation forget => Forget(state, forget.ConversationId),
        EraseCustomer erase => Erase(state, erase),
        GetCustomer => Turn.Unchanged(state, View(state)),
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

    // Conversations tell it in no order among each other; the later instant holds, so an older or repeated word changes nothing.
    private static Turn<CustomerState> Served(CustomerState state, NoteServedBy served)
    {
        if (string.IsNullOrWhiteSpace(served.AgentId))
            return Turn.Unchanged(state, Reply.Refuse("agent_missing", "A customer is served by an agent: give the agent's id."));

        return state.LastServedBy is { } last && last.At >= served.At
            ? Turn.Unchanged(state, Reply.Done)
            : Turn.Of(state with { LastServedBy = new ServedBy(served.AgentId, served.At) }, Reply.Done);
    }

    private static Turn<CustomerState> Forget(CustomerState state, string conversationId)
    {
        var recent = state.Recent.RemoveAll(past => past.ConversationId == conversationId);
        return recent.Count == state.Recent.Count ? Turn.Unchanged(state, Reply.Done) : Turn.Of(state with { Recent = recent }, Reply.Done);
    }

    private static Turn<CustomerState> Erase(CustomerState state, EraseCustomer erase)
    {
        var unknown = Initial(state.Profile.Id);
        if (state.Recent.IsEmpty && state.Interactions == 0 && state.LastServedBy is null && state.Profile == unknown.Profile)
            return Turn.Unchanged(state, Reply.Refuse("nothing_to_erase", "Nothing is known of this customer, or it is erased already."));
        if (!state.Recent.IsEmpty || state.Interactions == 0 || state.LastServedBy?.At > erase.NotAfter)
            return Turn.Unchanged(state, Reply.Refuse("still_known", "The customer has a history here that is kept, or was never in touch and entered by somebody else; they are not erased."));

        return Turn.Of(unknown, Reply.Done, new EmptyJournal(), new Record(new CustomerErased()));
    }

    private static CustomerView View(CustomerState state) => new(state.Profile, state.Recent, state.Interactions) { LastServedBy = state.LastServedBy };

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
