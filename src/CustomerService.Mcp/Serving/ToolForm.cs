using CustomerService.Assistants.Tools;
using ModelContextProtocol.Protocol;

namespace CustomerService.Mcp.Serving;

/// <summary>Our tools as the protocol shows them. Each takes the conversation in which it is called beside its own arguments.</summary>
internal static class ToolForm
{
    /// <summary>The argument that names the conversation.</summary>
    public const string Conversation = "conversation";

    /// <summary>The tool that tells what became of a change.</summary>
    public const string ChangeOutcome = "change_outcome";

    /// <summary>The argument of <see cref="ChangeOutcome"/> that names the change.</summary>
    public const string Change = "change";

    /// <summary>What every client may call that may change anything.</summary>
    public static Tool OutcomeTool { get; } = Of(new ToolContract(
        ChangeOutcome, "Tells what became of a change that needed the customer's yes: waiting, done, refused or not done.", "",
        [new(Change, ToolParameterType.Text, "The change, as confirmation_needed named it.")]));

    public static Tool Of(ToolContract contract) => new()
    {
        Name = contract.Name,
        Description = contract.Writes ? $"{contract.Summary} Nothing is changed before the customer has said yes in the conversation." : contract.Summary,
        InputSchema = ToolSchema.Of(contract with
        {
            Parameters = [new(Conversation, ToolParameterType.Text, "The conversation on whose customer's behalf it is called.", NeedsConversation(contract)), .. contract.Parameters],
        }),
        Annotations = new ToolAnnotations { ReadOnlyHint = !contract.Writes, DestructiveHint = contract.Writes, IdempotentHint = true, OpenWorldHint = false },
    };

    /// <summary>Whether it can't be called without a conversation.</summary>
    public static bool NeedsConversation(ToolContract contract) => contract.NeedsIdentity || contract.Writes || contract.Name == HandoffRequest.Tool;
}
