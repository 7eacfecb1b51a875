using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.MailThreads;

/// <summary>Remembers which conversation a mail belongs to, so that a mail that names it, or the same mail once more, comes to the same one.</summary>
public sealed class MailThreadBehaviour : IGrainBehaviour<MailThreadState>
{
    private MailThreadBehaviour()
    {
    }

    public static string Kind => GrainKinds.MailThread;

    public static int StateVersion => 1;

    public static JsonTypeInfo<MailThreadState> StateJson => GrainsJson.Default.MailThreadState;

    public static MailThreadState Initial(string key) => new(key, ConversationId: null);

    public static Turn<MailThreadState> Handle(MailThreadState state, Command command, DateTimeOffset now) => command switch
    {
        FindThread => Turn.Unchanged(state, new ThreadView(state.ConversationId)),
        JoinThread { ConversationId: null or "" } => Turn.Unchanged(state, Reply.Refuse("conversation_missing", "A message belongs to a conversation: give its id.")),
        JoinThread when state.ConversationId is not null => Turn.Unchanged(state, new ThreadView(state.ConversationId)),
        JoinThread join => Turn.Of(state with { ConversationId = join.ConversationId }, new ThreadView(join.ConversationId)),
        ForgetMail => Turn.Of(Initial(state.MessageId), Reply.Done, new Vanish()),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };
}
