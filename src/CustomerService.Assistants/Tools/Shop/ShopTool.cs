using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tools.Shop;

/// <summary>A tool over the order system: a contract, and what it does.</summary>
internal sealed class ShopTool(ToolContract contract, Func<ToolCall, CancellationToken, ValueTask<ToolResult>> call) : ITool
{
    public ToolContract Contract => contract;

    public ValueTask<ToolResult> CallAsync(ToolCall asked, CancellationToken cancellation) => call(asked, cancellation);

    /// <summary>The conversation's customer; the gate lets nobody else through to a tool that needs one.</summary>
    internal static ProvenIdentity Subject(ToolCall call) =>
        call.Subject.Identity ?? throw new InvalidOperationException($"{call.Tool} was called without a proven customer; call it through the gate.");

    /// <summary>
    /// What speaks against an order's number: tools take it as it is printed and guess nothing, so that a number names one order
    /// wherever it is compared. What customers write is put into that form where it is read.
    /// </summary>
    internal static ToolResult.Refused? Misspelt(string orderId) =>
        OrderNumber.TryParse(orderId, out var printed) && printed != orderId ? new(ToolRefusals.NotFound, $"there is no order '{orderId}'; numbers are written like #W2378156") : null;

    internal static ToolResult.Refused NotFound(string what) => new(ToolRefusals.NotFound, $"there is no such {what}");

    /// <summary>What an outcome of the order system is to whoever called the tool.</summary>
    internal static ToolResult Result(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Refused refused => new ToolResult.Refused(refused.Code, refused.Reason),
        OrderOutcome.Done { Order: { } order } => new ToolResult.Done(RecordMaps.Of(order)),
        OrderOutcome.Done done => new ToolResult.Done(RecordMaps.Of(done.Customer)),
        _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
    };
}
