using CustomerService.Grains.Conversations;

namespace CustomerService.AgentConsole.Conversations;

internal static class StateNames
{
    /// <summary>A state as the words name it: <c>state.wrap_up</c>.</summary>
    public static string Of(ConversationStatus status) => status switch
    {
        ConversationStatus.OnHold => "on_hold",
        ConversationStatus.WrapUp => "wrap_up",
        _ => status.ToString().ToLowerInvariant(),
    };
}
