using CustomerService.Assistants.Tools;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// What becomes of a change that a model asks for. No model changes anything: the product asks the customer in its own words about exactly
/// these arguments, and only the customer's own next yes carries it out.
/// </summary>
internal interface IWriteProposals
{
    /// <summary>The question to the customer, with the procedure at its confirmation; null where nothing here can ask for it.</summary>
    /// <param name="call">As the model asked for it: the shapes of the arguments are right and the customer has proved who they are; nothing else is known of it.</param>
    ValueTask<ComposedAnswer?> ProposeAsync(AnswerRequest request, ToolCall call, CancellationToken cancellation);
}
