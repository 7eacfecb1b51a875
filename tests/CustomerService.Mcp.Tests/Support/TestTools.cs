using System.Collections.Immutable;
using CustomerService.Assistants.Tools;

namespace CustomerService.Mcp.Tests.Support;

/// <summary>A read with identity, one without, a write, and one that fails.</summary>
internal static class TestTools
{
    public static IEnumerable<ITool> All { get; } =
    [
        new Tool(
            new ToolContract("get_order", "Tells one order.", "orders:read", [new("order_id", ToolParameterType.Text, "Its number.")]),
            call => new Dictionary<string, object?> { ["order"] = call.Text("order_id"), ["of"] = call.Subject.Identity!.CustomerId }),
        new Tool(
            new ToolContract("find_products", "Finds products.", "products:read", [new("text", ToolParameterType.Text, "What is looked for."), new("most", ToolParameterType.Number, "How many.", Required: false)]) { NeedsIdentity = false },
            call => new List<object?> { call.Text("text"), call.Arguments.GetValueOrDefault("most"), call.Subject.ConversationId }),
        new Tool(
            new ToolContract("cancel_order", "Cancels an order.", "orders:write", [new("order_id", ToolParameterType.Text, "Its number.") { OneOf = ["#W1", "#W2"] }, new("items", ToolParameterType.TextList, "Which.", Required: false)]) { Writes = true },
            _ => throw new InvalidOperationException("nobody said yes")),
        new Tool(
            new ToolContract("broken", "Fails.", "products:read", []) { NeedsIdentity = false },
            _ => throw new InvalidOperationException("secret of the inside")),
    ];

    private sealed class Tool(ToolContract contract, Func<ToolCall, object?> answer) : ITool
    {
        public ToolContract Contract => contract;

        public ValueTask<ToolResult> CallAsync(ToolCall call, CancellationToken cancellation) => ValueTask.FromResult<ToolResult>(new ToolResult.Done(answer(call)));
    }
}
