namespace CustomerService.Grains.Conversations;

/// <summary>What a status means to those who ask: who has the conversation, and whether it is settled.</summary>
public static class ConversationStatuses
{
    /// <summary>It stands in a queue's line, on offer or not.</summary>
    public static bool IsInLine(this ConversationStatus status) => status is ConversationStatus.Queued or ConversationStatus.Offered;

    /// <summary>An agent has it and answers it.</summary>
    public static bool IsHeld(this ConversationStatus status) => status is ConversationStatus.Assigned or ConversationStatus.OnHold;

    /// <summary>People are to deal with it: in a line, with an agent or put away by one.</summary>
    public static bool IsWithPeople(this ConversationStatus status) => status.IsInLine() || status.IsHeld() || status == ConversationStatus.Snoozed;

    /// <summary>Settled for the customer; their next message opens it again or begins a new matter.</summary>
    public static bool IsSettled(this ConversationStatus status) =>
        status is ConversationStatus.WrapUp or ConversationStatus.Resolved or ConversationStatus.Closed;

    /// <summary>Neither resolved nor closed.</summary>
    public static bool IsOpen(this ConversationStatus status) => status is not (ConversationStatus.Resolved or ConversationStatus.Closed);
}
