using System.Security.Cryptography;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Tools;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Mcp.Serving;

/// <summary>Puts a change before the customer, in their conversation and language, by the procedure that makes such changes.</summary>
public sealed class CustomerQuestions(CallProposals proposals, IGrainClient grains, TimeProvider time)
{
    /// <returns>Why it could not be asked; null: the customer has been asked.</returns>
    public async ValueTask<ToolResult.Refused?> PutAsync(ToolCall call, ConversationView view, string client, CancellationToken cancellation)
    {
        // Nobody's words: only where and for whom it is asked.
        var message = new Interaction($"mcp-{RandomNumberGenerator.GetHexString(16, lowercase: true)}", view.Channel, view.Address, "", time.GetUtcNow());
        var context = new RunContext(view.Id, message, view.LastSequence, view.CustomerId, [], call.Subject.Identity, null, view.TicketId, 0);
        switch (await proposals.MakeAsync(call, context, cancellation))
        {
            case CallProposal.Question question:
                var put = new PutQuestion($"mcp:{client}", question.Message, question.Procedure, question.Pending) { Id = message.Id };
                return await grains.AskAsync(Grain.Conversation(view.Id), put, cancellation) is Refused refused ? new(refused.Code, refused.Message) : null;
            case CallProposal.NotPossible not:
                return new(not.Code, not.Reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
