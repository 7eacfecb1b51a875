using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Assistants.Tools;
using ModelContextProtocol.Protocol;

namespace CustomerService.Mcp.Serving;

/// <summary>What a client is answered: a result, or an error with our code.</summary>
/// <param name="Code"><c>done</c>, or why not.</param>
internal sealed record CallAnswer(string Code, JsonObject Body)
{
    public const string Success = "done";

    public static CallAnswer Done(object? value) => new(Success, new JsonObject { ["result"] = WireValues.Json(value) });

    public static CallAnswer Refused(string code, string reason) => new(code, new JsonObject { ["code"] = code, ["reason"] = reason });

    public static CallAnswer Of(ToolResult result) => result switch
    {
        ToolResult.Done done => Done(done.Value),
        ToolResult.Refused refused => Refused(refused.Code, refused.Reason),
        _ => throw new System.Diagnostics.UnreachableException(result.GetType().Name),
    };

    public CallToolResult OnTheWire() => new()
    {
        IsError = Code != Success,
        Content = [new TextContentBlock { Text = Body.ToJsonString() }],
        StructuredContent = JsonSerializer.SerializeToElement(Body),
    };
}

/// <summary>The codes with which clients are refused, beside those of the gate and of the tools.</summary>
internal static class McpRefusals
{
    /// <summary>The client was not granted the tool's scope, or there is no such tool: the two are never told apart.</summary>
    public const string UnknownTool = ToolRefusals.UnknownTool;

    /// <summary>No conversation was named, or none that this client may act in.</summary>
    public const string NoConversation = "no_conversation";

    public const string TooManyCalls = "too_many_calls";
}
