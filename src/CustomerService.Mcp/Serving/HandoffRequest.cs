using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Mcp.Serving;

/// <summary>Carries out the handoff that a client asks for: a tool by itself has no conversation to hand over.</summary>
internal static class HandoffRequest
{
    public const string Tool = "transfer_to_human";

    /// <returns>Null: people have it now.</returns>
    public static async ValueTask<CallAnswer?> MakeAsync(IGrainClient grains, ConversationView view, string client, string summary, CancellationToken cancellation)
    {
        if (view.Status.IsWithPeople())
            return null;
        var transfer = new Transfer(view.Queue ?? QueueNames.General, 0, "a program that acts for the customer asked for a person", $"mcp:{client}") { KeepPriority = true, Note = summary };
        return await grains.AskAsync(Grain.Conversation(view.Id), transfer, cancellation) is Refused refused ? CallAnswer.Refused(refused.Code, refused.Message) : null;
    }
}
