namespace CustomerService.Assistants.Tools.Shop;

/// <summary>Asks for a person. The run that called it makes the handoff: a tool has no conversation to hand over.</summary>
internal static class TransferToHuman
{
    public const string Name = "transfer_to_human";

    public static ITool Tool { get; } = new ShopTool(
        new(Name, "Hands the conversation to a person: when the customer asks for one, or when nothing here can do what they need.", "conversation:handoff",
            [new("summary", ToolParameterType.Text, "What the customer needs and what was tried.")])
        { NeedsIdentity = false },
        (call, _) => ValueTask.FromResult<ToolResult>(new ToolResult.Done(RecordMaps.Map(("handed_to_person", true), ("summary", call.Text("summary"))))));
}
